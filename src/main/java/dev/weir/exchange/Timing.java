package dev.weir.exchange;

/**
 * When the stations of an exchange were reached, in nanoseconds of {@link System#nanoTime()}; 0 for
 * a station that was not reached.
 */
public final class Timing {

  private final long start;
  private long picked;
  private long connected;
  private long firstByte;

  Timing(long start) {
    this.start = start;
  }

  /** The head of the request was complete. */
  public long start() {
    return start;
  }

  /** An upstream client took the exchange over: what came before was waiting in queues. */
  public void picked(long now) {
    picked = now;
    connected = 0; // That was another attempt.
  }

  /** The attempt had a connection. */
  public void connected(long now) {
    connected = now;
  }

  /** Another node had a connection so long after it took over; -1 for never. */
  public void connectedAfter(long nanos) {
    connected = nanos < 0 ? 0 : picked + nanos;
  }

  /** The head of the upstream's response arrived. */
  public void firstByte(long now) {
    firstByte = now;
  }

  /** From the start until an upstream client took over; -1 when none did. */
  public long queueNanos() {
    return picked == 0 ? -1 : picked - start;
  }

  /** From the takeover until there was a connection; -1 when there was none. */
  public long connectNanos() {
    return connected == 0 ? -1 : connected - picked;
  }

  /** From the start until the upstream's head arrived; -1 when it did not. */
  public long firstByteNanos() {
    return firstByte == 0 ? -1 : firstByte - start;
  }
}
