package dev.weir.resilience;

/**
 * The leave to make one call, from {@link CircuitBreaker#acquire}. Either {@link #answered} or
 * {@link #cancel} must be called once; then it is worth nothing but for {@link #broke}, until
 * {@link #again} gives it again. Any thread may do so.
 *
 * <p>It belongs to the time in which it was given: a result that comes when the breaker has changed
 * its state since changes nothing.
 */
public abstract class Permit {

  Permit() {}

  /**
   * Asks once more for a permit that was cancelled.
   *
   * @return {@code null} when there is no room, or when the time that it belongs to is over
   */
  abstract Permit acquire(long now);

  /**
   * Takes a permit back that was cancelled, for a call that is under way all the same.
   *
   * @return {@code null} when the time that it belongs to is over
   */
  abstract Permit again(long now);

  /**
   * The call has a result.
   *
   * @param failed whether it counts as a failure
   * @param nanos how long it took
   * @param now the time in nanoseconds
   */
  public abstract void answered(boolean failed, long nanos, long now);

  /**
   * A call that had a result has failed afterwards; counts as one more that failed.
   *
   * @param now the time in nanoseconds
   */
  public abstract void broke(long now);

  /** The call was not made, or was given up for a reason that says nothing about its target. */
  public abstract void cancel();
}
