package dev.weir.remote;

/**
 * What the receiver of a body lets the other side send. It gives {@value #BYTES} bytes at first,
 * then as many as were used up, a quarter of that at a time at least.
 */
final class Window {

  /** How many bytes may be on their way at a time. */
  static final int BYTES = 256 << 10;

  private static final int LEAST = BYTES / 4;

  private int open;
  private int owed;

  /**
   * @param open how much the other side may send by now
   */
  Window(int open) {
    this.open = open;
  }

  /**
   * Something has come.
   *
   * @throws FrameException when that is more than was allowed
   */
  void received(int bytes) {
    open -= bytes;
    if (open < 0) {
      throw new FrameException("more of a body than there was credit for");
    }
  }

  /** Something that has come was used up. */
  void used(int bytes) {
    owed += bytes;
  }

  /** How much credit is to be given now; 0 for none yet. */
  int grant() {
    if (owed < LEAST) {
      return 0;
    }
    int grant = owed;
    owed = 0;
    open += grant;
    return grant;
  }
}
