package dev.weir.upstream;

/**
 * How fast one side moves the bytes of a body. Only the time counts in which that side was waited
 * for: the other one may be as slow as it is allowed to be.
 */
final class Rate {

  private static final double NANOS_PER_SECOND = 1e9;

  private final long bytesPerSecond;
  private final long window;
  private long waited;
  private long bytes;

  /**
   * @param bytesPerSecond the least rate
   * @param window over how many nanoseconds of waiting it is measured
   */
  Rate(long bytesPerSecond, long window) {
    this.bytesPerSecond = bytesPerSecond;
    this.window = window;
  }

  /** What a configuration asks for; {@code null} when that is no rate at all. */
  static Rate of(long bytesPerSecond, long window) {
    return bytesPerSecond == 0 ? null : new Rate(bytesPerSecond, window);
  }

  /** Bytes have passed while the other side was waited for. */
  void passed(long moved) {
    bytes += moved;
  }

  /**
   * Bytes have passed while this side was waited for.
   *
   * @param elapsed for how many nanoseconds
   * @return whether that makes a whole window in which they were too few
   */
  boolean isTooSlow(long elapsed, long moved) {
    waited += elapsed;
    bytes += moved;
    if (waited < window) {
      return false;
    }
    boolean slow = bytes * NANOS_PER_SECOND < (double) bytesPerSecond * waited;
    waited = 0;
    bytes = 0;
    return slow;
  }
}
