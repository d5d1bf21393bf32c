/** Weir: a reverse proxy and load balancer that lives inside Vert.x. */
package dev.weir;
