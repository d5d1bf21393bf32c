/**
 * How the roles find each other on the event bus: the addresses, and the lanes that keep an
 * exchange on one event loop.
 */
package dev.weir.bus;
