package dev.weir.upstream;

import dev.weir.metrics.GatewayMetrics;
import dev.weir.node.Node;
import dev.weir.node.Upstream;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What it costs to borrow a connection that is open and to give it back.
 *
 * <p>To run: {@code mvn -q -Pjmh test-compile exec:exec -Djmh=PoolBenchmark}. {@code
 * gc.alloc.rate.norm} is the bytes that one borrowing allocates, to be 0.
 *
 * <p>The connection is a real one to a server in the same JVM; nothing is sent over it.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class PoolBenchmark implements Borrower {

  private final CompletableFuture<UpstreamConnection> first = new CompletableFuture<>();
  private Vertx vertx;
  private EndpointPool pool;
  private UpstreamConnection lent;

  /** Opens the connection. */
  @Setup
  public void open() throws Exception {
    vertx = Vertx.vertx();
    HttpServer server =
        vertx
            .createHttpServer()
            .requestHandler(request -> request.response().end())
            .listen(0, "127.0.0.1")
            .await(10, TimeUnit.SECONDS);
    JsonObject endpoint =
        new JsonObject().put("host", "127.0.0.1").put("port", server.actualPort());
    JsonObject upstream = new JsonObject().put("endpoints", new JsonArray().add(endpoint));
    JsonObject config = new JsonObject().put("upstreams", new JsonObject().put("u", upstream));
    Node node = Node.acquire(vertx, config.put("accessLog", new JsonObject().put("mode", "off")));
    ContextInternal context = (ContextInternal) vertx.getOrCreateContext();
    context.runOnContext(here -> ask(node, context));
    lent = first.get(10, TimeUnit.SECONDS);
    pool.release(lent);
  }

  private void ask(Node node, ContextInternal context) {
    Upstream upstream = node.snapshot().upstreams().get("u");
    Lane lane =
        new Lane(
            context,
            new Clock(System::nanoTime),
            null,
            null,
            null,
            null,
            null,
            GatewayMetrics.of(node).lane(0));
    pool = new EndpointPool(lane, upstream.endpoints().get(0), PoolRules.of(upstream.config(), 1));
    pool.acquire(this);
  }

  @TearDown
  public void close() throws Exception {
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  /** There and back. */
  @Benchmark
  public UpstreamConnection borrow() {
    pool.acquire(this);
    pool.release(lent);
    return lent;
  }

  @Override
  public void connecting() {}

  @Override
  public void connected(UpstreamConnection connection) {
    lent = connection;
    first.complete(connection);
  }

  @Override
  public void connectFailed(Throwable failure) {
    first.completeExceptionally(failure);
  }

  @Override
  public void pendingUntil(long deadline) {
    throw new IllegalStateException("The only connection is lent");
  }

  @Override
  public boolean mayWait() {
    return true;
  }

  @Override
  public boolean isOver() {
    return false;
  }
}
