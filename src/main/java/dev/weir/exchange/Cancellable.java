package dev.weir.exchange;

/** Work under way for an exchange that must stop when the client's side fails. */
public interface Cancellable {

  /**
   * The client's side has failed; may be called on any event loop.
   *
   * @param why {@link Flag#DC} when the client went away, {@link Flag#BR} when its body is
   *     malformed
   */
  void cancel(Flag why);
}
