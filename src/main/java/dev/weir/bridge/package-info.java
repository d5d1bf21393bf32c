/**
 * The event bus for processes that are no JVM: JSON over TCP, in the frames of Vert.x' own TCP
 * event-bus bridge, so that its clients in other languages work. Only what a list names passes.
 *
 * <p>Starting points: {@link dev.weir.bridge.BridgeVerticle}, and {@code BridgeClient} for what is
 * done with a frame.
 */
package dev.weir.bridge;
