package dev.weir.remote;

import dev.weir.exchange.Underway;

/** One exchange on a link, at either end of it. */
interface Stream {

  /**
   * Something has come for it.
   *
   * @throws FrameException when that is not what may come; the stream is broken for it
   */
  void received(Frame frame);

  /**
   * The stream is gone, alone or with its link.
   *
   * @param why in words
   * @param undelivered whether nothing that was sent can have reached the other node
   */
  void broken(String why, boolean undelivered);

  /** Shows an exchange that has come from the other node. */
  default void show(Underway underway) {}

  /** Looks whether something has taken too long. */
  default void check(long now) {}
}
