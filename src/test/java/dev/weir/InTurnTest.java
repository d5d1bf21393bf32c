package dev.weir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.bus.Lanes;
import io.vertx.core.Context;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InTurnTest {
  private static final int LOOPS = 3;

  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(LOOPS));
  private final Lanes lanes = Lanes.of(vertx);
  private final Map<Integer, Integer> there = new ConcurrentHashMap<>();
  private final AtomicInteger closed = new AtomicInteger();

  private static <T> T result(Future<T> future) {
    try {
      return future.await(10, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError(e);
    }
  }

  @AfterEach
  void close() {
    result(vertx.close());
  }

  /** Counts itself on its lane for as long as it is deployed. */
  private final class Counted implements Deployable {
    @Override
    public Future<?> deploy(Context context) {
      assertThat(Vertx.currentContext()).isSameAs(context);
      there.merge(lanes.laneOf(context), 1, Integer::sum);
      ((ContextInternal) context)
          .closeFuture()
          .future()
          .onComplete(done -> closed.incrementAndGet());
      return Future.succeededFuture();
    }

    @Override
    public Future<?> undeploy(Context context) {
      there.merge(lanes.laneOf(context), -1, Integer::sum);
      return Future.succeededFuture();
    }
  }

  private String deploy(int instances, int first) {
    return result(vertx.deployVerticle(new InTurn(Counted::new, instances, first)));
  }

  @Test
  void everyEventLoopHasAsMany_whoeverElseAsksForOne() throws Exception {
    boolean[] asking = {true};
    Thread other =
        new Thread(
            () -> {
              while (asking[0]) {
                ((VertxInternal) vertx).createEventLoopContext();
              }
            });
    other.start();
    for (int i = 1; i <= 20; i++) {
      deploy(LOOPS, i);
      assertThat(there).isEqualTo(Map.of(0, i, 1, i, 2, i));
    }
    asking[0] = false;
    other.join();
  }

  @Test
  void fewer_standOnTheFirstAndTheNext() {
    deploy(2, 2);
    assertThat(there).isEqualTo(Map.of(2, 1, 0, 1));
  }

  @Test
  void undeployed_theyStopAndTheirContextsClose() {
    String id = deploy(2 * LOOPS, 0);
    assertThat(there).isEqualTo(Map.of(0, 2, 1, 2, 2, 2));
    result(vertx.undeploy(id));
    assertThat(there).isEqualTo(Map.of(0, 0, 1, 0, 2, 0));
    assertThat(closed).hasValue(2 * LOOPS);
  }

  /** Leaves a timer and a consumer to whoever closes its context. */
  private final class Careless implements Deployable {
    private final boolean fails;
    private final AtomicInteger ticks;

    Careless(boolean fails, AtomicInteger ticks) {
      this.fails = fails;
      this.ticks = ticks;
    }

    @Override
    public Future<?> deploy(Context context) {
      vertx.setPeriodic(1, tick -> ticks.incrementAndGet());
      vertx.eventBus().<String>consumer("careless", question -> question.reply(""));
      return fails ? Future.failedFuture("not today") : Future.succeededFuture();
    }
  }

  private void assertSilent(AtomicInteger ticks) {
    int before = ticks.get();
    assertThatThrownBy(() -> result(vertx.eventBus().request("careless", "still there?")))
        .hasMessageContaining("No handlers");
    result(vertx.timer(20));
    assertThat(ticks.get() - before).isZero();
  }

  @Test
  void undeployed_theirTimersAndConsumersEnd() {
    AtomicInteger ticks = new AtomicInteger();
    String id = result(vertx.deployVerticle(new InTurn(() -> new Careless(false, ticks), 1, 0)));
    result(vertx.eventBus().request("careless", "there?"));
    result(vertx.undeploy(id));
    assertSilent(ticks);
  }

  @Test
  void failed_theirTimersAndConsumersEnd() {
    AtomicInteger ticks = new AtomicInteger();
    assertThatThrownBy(
            () -> result(vertx.deployVerticle(new InTurn(() -> new Careless(true, ticks), 2, 0))))
        .hasMessageContaining("not today");
    assertSilent(ticks);
  }

  @Test
  void missingClass_failsTheDeployment() {
    Deployable broken =
        context -> {
          throw new NoClassDefFoundError("optional/Part");
        };
    assertThatThrownBy(() -> result(vertx.deployVerticle(new InTurn(() -> broken, 1, 0))))
        .hasMessageContaining("optional/Part");
    assertThat(vertx.deploymentIDs()).isEmpty();
  }

  @Test
  void oneFails_nothingStaysBehind() {
    Queue<Deployable> roles = new ConcurrentLinkedQueue<>();
    roles.add(new Counted());
    roles.add(context -> Future.failedFuture("not today"));
    roles.add(new Counted());
    assertThatThrownBy(() -> result(vertx.deployVerticle(new InTurn(roles::remove, LOOPS, 0))))
        .hasMessageContaining("not today");
    assertThat(there).isEqualTo(Map.of(0, 0, 2, 0));
    assertThat(closed).hasValue(2);
    assertThat(vertx.deploymentIDs()).isEmpty();
  }
}
