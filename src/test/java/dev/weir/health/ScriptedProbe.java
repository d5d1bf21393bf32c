package dev.weir.health;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;

/** A probe whose results the test decides, run by run. */
final class ScriptedProbe implements Probe {

  private final ManualTimers clock;
  private final List<Long> starts = new ArrayList<>();
  private final List<Promise<Boolean>> runs = new ArrayList<>();
  private int cancelled;
  private boolean closed;
  private RuntimeException thrown;

  ScriptedProbe(ManualTimers clock) {
    this.clock = clock;
  }

  @Override
  public Future<Boolean> run() {
    starts.add(clock.nowMillis());
    Promise<Boolean> run = Promise.promise();
    runs.add(run);
    if (thrown != null) {
      throw thrown;
    }
    return run.future();
  }

  @Override
  public void cancel() {
    cancelled++;
  }

  @Override
  public void close() {
    closed = true;
  }

  /** Ends a run, by its number from 0 on; it may have been given up. */
  void succeed(int run) {
    runs.get(run).tryComplete(false);
  }

  void fail(int run, String reason) {
    runs.get(run).tryFail(reason);
  }

  /** Ends a run with an answer that is not the right one. */
  void refuse(int run, String found) {
    ProbeFailure.<Boolean>of(found, "200").onFailure(runs.get(run)::tryFail);
  }

  /** From now on every run throws. */
  void throwing(RuntimeException e) {
    thrown = e;
  }

  List<Long> starts() {
    return starts;
  }

  int cancelled() {
    return cancelled;
  }

  boolean closed() {
    return closed;
  }
}
