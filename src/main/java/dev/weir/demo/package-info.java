/** Something to put a gateway in front of: {@link dev.weir.demo.Demo} is the place to start. */
package dev.weir.demo;
