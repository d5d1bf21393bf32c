package dev.weir.remote;

/** One exchange on a link, at either end of it. */
interface Stream {

  /**
   * Something has come for it.
   *
   * @throws FrameException when that is not what may come; the link is broken for it
   */
  void received(Frame frame);

  /**
   * The link is gone, and the stream with it.
   *
   * @param why in words
   * @param undelivered whether nothing that was sent can have reached the other node
   */
  void broken(String why, boolean undelivered);

  /** Looks whether something has taken too long. */
  default void check(long now) {}
}
