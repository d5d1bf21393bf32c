package dev.weir.exchange;

/** Work under way for an exchange that must stop when its client goes away. */
public interface Cancellable {

  /** The client has gone; may be called on any event loop. */
  void clientGone();
}
