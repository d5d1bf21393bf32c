package dev.weir.it;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Waits for conditions, each with a deadline. */
final class Await {
  /** How long a condition may take before the test fails. Far above what a busy machine needs. */
  static final Duration PATIENCE = Duration.ofSeconds(10);

  /** How long nothing must move before a stream counts as stopped. */
  static final Duration STILL = Duration.ofMillis(300);

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

  /** Returns the value of {@code counter} once it has stood still for {@link #STILL}. */
  static long still(LongSupplier counter) {
    long[] seen = {counter.getAsLong(), System.nanoTime()};
    until(
        () -> "the counter stands still, at " + counter.getAsLong(),
        () -> {
          long now = counter.getAsLong();
          if (now != seen[0]) {
            seen[0] = now;
            seen[1] = System.nanoTime();
          }
          return System.nanoTime() - seen[1] > STILL.toNanos();
        },
        PATIENCE);
    return seen[0];
  }

  /** The result of {@code future}; its failure is thrown as it is or as the cause. */
  static <T> T result(Future<T> future) {
    return result(future, PATIENCE);
  }

  static <T> T result(Future<T> future, Duration patience) {
    return result(future.toCompletionStage().toCompletableFuture(), patience);
  }

  static <T> T result(CompletableFuture<T> future, Duration patience) {
    try {
      return future.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause().getMessage(), e.getCause());
    } catch (InterruptedException | TimeoutException e) {
      throw new AssertionError("no result within " + patience, e);
    }
  }
}
