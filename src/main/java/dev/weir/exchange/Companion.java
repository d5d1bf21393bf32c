package dev.weir.exchange;

/** What a role keeps with an exchange from one attempt to the next. */
public interface Companion {

  /** The exchange is over; called once, on any event loop. */
  void ended();
}
