package dev.weir.health;

/**
 * Decides from the results of probes whether an endpoint is up. Only an unbroken run of results
 * against the state flips it: {@code fall} failures take an endpoint down, {@code rise} successes
 * bring it back, and one result of the other kind starts the count anew.
 *
 * <p>Where an endpoint that nobody has probed yet counts as up, a gateway that has just started
 * serves at once, and loses at most {@code fall} intervals on an endpoint that is down.
 */
final class RiseFall {

  private final int rise;
  private final int fall;
  private boolean up;
  private boolean undecided;
  private int against;

  /**
   * @param rise successes in a row that bring an endpoint up, at least 1
   * @param fall failures in a row that take it down, at least 1
   * @param up the state to start from
   * @param undecided whether the first result decides at once
   */
  RiseFall(int rise, int fall, boolean up, boolean undecided) {
    this.undecided = undecided;
    this.rise = rise;
    this.fall = fall;
    this.up = up;
  }

  /** Counts a success. Returns whether the state flipped. */
  boolean success() {
    return count(true, rise);
  }

  /** Counts a failure. Returns whether the state flipped. */
  boolean failure() {
    return count(false, fall);
  }

  private boolean count(boolean result, int threshold) {
    boolean first = undecided;
    undecided = false;
    if (result == up) {
      against = 0;
      return false;
    }
    if (++against < threshold && !first) {
      return false;
    }
    against = 0;
    up = result;
    return true;
  }

  /** Starts a count of failures anew; nothing else. */
  void forgive() {
    if (up) {
      against = 0;
    }
  }

  /** Whether the last result speaks against the state. */
  boolean changing() {
    return against > 0;
  }

  boolean up() {
    return up;
  }
}
