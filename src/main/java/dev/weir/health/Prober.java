package dev.weir.health;

import dev.weir.config.ActiveHealthConfig;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Probes one endpoint again and again. A probe starts one interval after the start of the one
 * before it, or right after its end when it took longer: two probes of an endpoint never overlap.
 */
final class Prober {

  /** Hears of every flip of the state. */
  @FunctionalInterface
  interface Listener {

    /**
     * @param reason what the probes found, for people
     */
    void flipped(boolean up, String reason);

    /**
     * Hears of every success, whatever it does to the state.
     *
     * @param degraded whether the endpoint calls itself degraded
     */
    default void succeeded(boolean degraded) {}
  }

  private final Probe probe;
  private final Schedule schedule;
  private final RiseFall state;
  private final long timeoutMillis;
  private final long graceNanos;
  private final Timers timers;
  private final LongSupplier nanos;
  private final Listener listener;
  private final Runnable start = this::probe;
  private final Runnable expiry = this::expire;
  private long timer;
  private final long bornNanos;
  private long startNanos;
  private int run;
  private boolean told; // Whether one of the failures that count was an answer.
  private boolean running;
  private Promise<Probed> asked; // By somebody who wants the next result.
  private boolean stopped; // Also by a listener, in the middle of a result.

  /**
   * @param bornNanos when its endpoint came to be watched
   */
  Prober(
      Probe probe,
      Schedule schedule,
      RiseFall state,
      ActiveHealthConfig config,
      Timers timers,
      LongSupplier nanos,
      long bornNanos,
      Listener listener) {
    this.probe = probe;
    this.schedule = schedule;
    this.state = state;
    this.timeoutMillis = config.timeoutMillis();
    this.graceNanos = TimeUnit.MILLISECONDS.toNanos(config.graceMillis());
    this.timers = timers;
    this.nanos = nanos;
    this.bornNanos = bornNanos;
    this.listener = listener;
  }

  /**
   * @param atOnce whether the first probe does not wait for its share of the interval
   */
  void start(boolean atOnce) {
    sleep(atOnce ? 0 : schedule.offsetMillis());
  }

  /**
   * Probes at once, unless it does so already. The result counts as any other.
   *
   * @return fails when the prober is stopped before
   */
  Future<Probed> now() {
    if (asked == null) {
      asked = Promise.promise();
    }
    Future<Probed> result = asked.future();
    if (!running) {
      timers.cancel(timer);
      probe();
    }
    return result;
  }

  private void sleep(long millis) {
    if (!stopped) {
      timer = timers.setLoosely(Math.max(1, millis), start);
    }
  }

  private void probe() {
    int current = ++run;
    running = true;
    startNanos = nanos.getAsLong();
    timer = timers.setDeadline(timeoutMillis, expiry);
    run()
        .onComplete(
            (degraded, failure) -> {
              if (failure == null) {
                finish(current, null, degraded);
              } else {
                failed(current, failure);
              }
            });
  }

  private Future<Boolean> run() {
    try {
      return probe.run();
    } catch (RuntimeException e) {
      return Future.failedFuture(e);
    }
  }

  private void failed(int current, Throwable failure) {
    told |= current == run && failure instanceof ProbeFailure;
    finish(current, reason(failure), false);
  }

  /**
   * Traffic has had a good answer. That takes back failures to get any, but not what the endpoint
   * has answered to a probe: so it asks to be left alone, however well it still serves.
   */
  void answered() {
    if (!told) {
      state.forgive();
    }
  }

  /** Whether its last result speaks against the state. */
  boolean changing() {
    return state.changing();
  }

  private static String reason(Throwable failure) {
    return failure.getMessage() == null ? failure.toString() : failure.getMessage();
  }

  private void expire() {
    finish(run, "no whole answer within " + timeoutMillis + " ms", false);
    probe.cancel();
  }

  /**
   * @param failure what went wrong, {@code null} for a success
   */
  private void finish(int finished, String failure, boolean degraded) {
    if (finished != run) {
      return; // Its deadline came first, or the prober was stopped.
    }
    Promise<Probed> asker = takeAsker(); // A listener may stop this in the middle.
    run++;
    running = false;
    timers.cancel(timer);
    long tookMillis = TimeUnit.NANOSECONDS.toMillis(nanos.getAsLong() - startNanos);
    boolean flipped = count(failure, degraded);
    sleep(schedule.nextMillis(state) - tookMillis);
    if (flipped) {
      listener.flipped(state.up(), failure == null ? "the probes succeed" : failure);
    }
    if (asker != null) {
      asker.complete(new Probed(failure, degraded, tookMillis));
    }
  }

  private boolean count(String failure, boolean degraded) {
    if (failure == null) {
      told = false;
      listener.succeeded(degraded);
      return state.success();
    }
    boolean excused = nanos.getAsLong() - bornNanos < graceNanos;
    return !excused && state.failure();
  }

  /** Ends the run under way and starts no other. */
  void stop() {
    stopped = true;
    run++;
    timers.cancel(timer);
    Promise<Probed> asker = takeAsker();
    if (asker != null) {
      asker.fail("the endpoint is not probed any longer");
    }
    probe.close();
  }

  /** Who is told of one result is told of no other. */
  private Promise<Probed> takeAsker() {
    Promise<Probed> asker = asked;
    asked = null;
    return asker;
  }
}
