package dev.weir.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Context;
import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.metrics.MetricsOptions;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.spi.metrics.HttpClientMetrics;
import io.vertx.core.spi.metrics.TCPMetrics;
import io.vertx.core.spi.metrics.VertxMetrics;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Probes of every type run on the event loop of the health verticle, and on no other one. */
class ProbeThreadTest {
  private static final int EVENT_LOOPS = 4;
  private static final int ENDPOINTS = 12;
  private static final int EXCHANGES = 200;

  private final Map<String, Set<Thread>> threads = new ConcurrentHashMap<>();
  private final CountDownLatch enough = new CountDownLatch(EXCHANGES);
  private final Vertx vertx =
      Vertx.builder()
          .with(
              new VertxOptions()
                  .setEventLoopPoolSize(EVENT_LOOPS)
                  .setMetricsOptions(new MetricsOptions().setEnabled(true)))
          .withMetrics(options -> new Seen())
          .build();
  private volatile Thread own;

  /** Notes on which thread clients connect and write; a connection reads where it writes. */
  private final class Seen implements VertxMetrics {
    @Override
    public HttpClientMetrics<?, ?, ?> createHttpClientMetrics(HttpClientOptions options) {
      return new HttpSeen();
    }

    @Override
    public TCPMetrics<?> createNetClientMetrics(NetClientOptions options) {
      return new TcpSeen();
    }
  }

  private final class HttpSeen implements HttpClientMetrics<Object, Object, Object> {
    @Override
    public Object connected(SocketAddress remote, String name) {
      return note("http connects");
    }

    @Override
    public void bytesWritten(Object socket, SocketAddress remote, long bytes) {
      note("http writes");
    }
  }

  private final class TcpSeen implements TCPMetrics<Object> {
    @Override
    public Object connected(SocketAddress remote, String name) {
      return note("tcp connects");
    }
  }

  private Object note(String what) {
    threads
        .computeIfAbsent(what, first -> ConcurrentHashMap.newKeySet())
        .add(Thread.currentThread());
    enough.countDown();
    return this;
  }

  /** The verticle, and the thread that it was deployed on. */
  private final class Noted implements Deployable {
    private final HealthVerticle verticle = new HealthVerticle();

    @Override
    public Future<?> deploy(Context context) throws Exception {
      own = Thread.currentThread();
      return verticle.deploy(context);
    }

    @Override
    public Future<?> undeploy(Context context) throws Exception {
      return verticle.undeploy(context);
    }
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.await(10, TimeUnit.SECONDS);
  }

  @AfterEach
  void close() throws Exception {
    await(vertx.close());
  }

  private JsonObject upstream(String type, int port) {
    JsonArray endpoints = new JsonArray();
    for (int i = 0; i < ENDPOINTS; i++) {
      endpoints.add(new JsonObject().put("host", "127.0.0." + (i + 1)).put("port", port));
    }
    JsonObject active = new JsonObject().put("type", type).put("intervalMillis", 100);
    return new JsonObject()
        .put("endpoints", endpoints)
        .put("health", new JsonObject().put("mode", "active").put("active", active));
  }

  @Test
  void everyProbe_runsOnTheEventLoopOfItsVerticle() throws Exception {
    HttpServer server = vertx.createHttpServer().requestHandler(asked -> asked.response().end());
    int port = await(server.listen(0, "0.0.0.0")).actualPort();
    JsonObject upstreams = new JsonObject();
    for (String type : new String[] {"http", "tcp", "grpc"}) {
      upstreams.put(type, upstream(type, port));
    }
    JsonObject config = new JsonObject().put("upstreams", upstreams);
    await(vertx.deployVerticle(new Noted(), new DeploymentOptions().setConfig(config)));
    assertThat(enough.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(threads).containsOnlyKeys("http connects", "http writes", "tcp connects");
    assertThat(threads.values()).allSatisfy(seen -> assertThat(seen).containsExactly(own));
  }
}
