package dev.weir.accesslog;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;

/** Tells the operator of lost lines, but not more often than he can read. For the writer thread. */
final class Complaints {

  /** The least time between two reports. */
  static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final BiConsumer<String, Throwable> log;
  private final LongSupplier nanos;
  private final Tally tally;
  private Throwable cause;
  private long reported;
  private long last;

  Complaints(BiConsumer<String, Throwable> log, LongSupplier nanos, Tally tally) {
    this.log = log;
    this.nanos = nanos;
    this.tally = tally;
    this.last = nanos.getAsLong() - INTERVAL_NANOS; // The first loss is told at once.
  }

  /** Notes why lines were lost; without a cause, the queue was full. */
  void cause(Throwable cause) {
    this.cause = cause;
  }

  /** Reports what was lost since the last report, when the time has come. */
  void check() {
    long dropped = tally.dropped();
    if (dropped != reported && nanos.getAsLong() - last >= INTERVAL_NANOS) {
      last = nanos.getAsLong();
      log.accept(message(dropped - reported), expected() ? null : cause);
      reported = dropped;
      cause = null;
    }
  }

  /**
   * Whether the cause is the output's, not a flaw of this code, so that its stack tells nothing.
   */
  private boolean expected() {
    return cause instanceof IOException;
  }

  private String message(long lines) {
    String reason = cause == null ? "the output is too slow" : cause.toString();
    return "Access log: lines lost: " + lines + " (" + reason + ")";
  }
}
