package dev.weir.it;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for conditions, each with a deadline. */
final class Await {
  /** How long a condition may take before the test fails. Far above what a busy machine needs. */
  static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final long POLL_NANOS = 500_000;

  private Await() {}

  /** Returns once {@code condition} holds, or fails with {@code what} after {@link #PATIENCE}. */
  static void until(String what, BooleanSupplier condition) {
    until(() -> what, condition, PATIENCE);
  }

  /** Returns once {@code condition} holds; {@code what} is asked for only when it never did. */
  static void until(Supplier<String> what, BooleanSupplier condition, Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("not within " + patience + ": " + what.get());
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
  }
}
