package dev.weir.exchange;

import dev.weir.bus.Role;
import dev.weir.node.Node;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What the two bus hops of a request cost, ingress to balancer and balancer to upstream: the same
 * two steps over the event bus and as calls, on an event loop.
 *
 * <p>To run: {@code mvn -q -Pjmh test-compile exec:exec -Djmh=HopBenchmark}. One operation is a
 * request's two hops; {@code overTheBus} less {@code called}, divided by the CPU time of a request
 * as {@code loadtest/run.sh small} measures it, is their share of a request.
 *
 * <p>The steps themselves do nothing, so that neither the pick nor the connection is measured.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class HopBenchmark {

  private static final int REQUESTS = 10_000;

  /** How many exchanges are under way at a time: a loop has more of them the busier it is. */
  @Param({"1", "16"})
  int concurrent;

  private Vertx vertx;
  private Context context;
  private ExchangeSender toBalancer;
  private ExchangeSender toUpstream;
  private Consumer<Exchange> calledUpstream;
  private Consumer<Exchange> calledBalancer;
  private CompletableFuture<Integer> done;
  private int left;

  /** Both roles on one event loop, as a lane has them. */
  @Setup
  public void join() throws Exception {
    vertx = Vertx.vertx();
    JsonObject silent = new JsonObject().put("mode", "off");
    Node node = Node.acquire(vertx, new JsonObject().put("accessLog", silent));
    context = vertx.getOrCreateContext();
    int lane = node.lanes().laneOf(context);
    toBalancer = new ExchangeSender(vertx, node.lanes(), Role.BALANCER, lane);
    toUpstream = new ExchangeSender(vertx, node.lanes(), Role.UPSTREAM, lane);
    calledUpstream = exchange -> left--;
    calledBalancer = exchange -> calledUpstream.accept(exchange);
    CompletableFuture<Object> joined = new CompletableFuture<>();
    context.runOnContext(
        here ->
            ExchangeReceiver.start(vertx, node, Role.BALANCER, lane, toUpstream::send)
                .compose(up -> ExchangeReceiver.start(vertx, node, Role.UPSTREAM, lane, this::next))
                .onSuccess(joined::complete)
                .onFailure(joined::completeExceptionally));
    joined.get(10, TimeUnit.SECONDS);
  }

  @TearDown
  public void leave() throws Exception {
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  /** As it is: two sends to addresses of the own lane. */
  @Benchmark
  @OperationsPerInvocation(REQUESTS)
  public int overTheBus() throws Exception {
    return run(
        () -> {
          for (int started = 0; started < concurrent; started++) {
            toBalancer.send(new Exchange(null, 0));
          }
        });
  }

  /** The same two steps without the bus. */
  @Benchmark
  @OperationsPerInvocation(REQUESTS)
  public int called() throws Exception {
    return run(
        () -> {
          while (left > 0) {
            calledBalancer.accept(new Exchange(null, 0));
          }
          done.complete(left);
        });
  }

  private int run(Runnable task) throws Exception {
    done = new CompletableFuture<>();
    left = REQUESTS;
    context.runOnContext(here -> task.run());
    return done.get(10, TimeUnit.SECONDS);
  }

  private void next(Exchange answered) {
    left--;
    if (left == 0) {
      done.complete(left);
    } else if (left >= concurrent) {
      toBalancer.send(new Exchange(null, 0));
    }
  }
}
