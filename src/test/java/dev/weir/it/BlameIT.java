package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What a slow client or the gateway itself keeps waiting is not counted against the service. */
class BlameIT extends GatewaySuite {
  private static final String MAIN = "/upstreams/main/";
  private static final int CALLS = 5;
  private static final long REQUEST_MILLIS = 600;
  private static final long SLOW_MILLIS = 500;
  private static final long TRY_MILLIS = 2000;

  /** Long enough for the buffers on the way to fill up. */
  private static final long READ_MILLIS = 1500;

  private static GatewayConfig watched(GatewayConfig config) {
    JsonObject breaker =
        new JsonObject()
            .put("windowSize", CALLS)
            .put("failureThreshold", CALLS)
            .put("scope", "both");
    return config.with(MAIN + "circuitBreaker", breaker).with(MAIN + "outlier", new JsonObject());
  }

  private static GatewayConfig impatient(GatewayConfig config) {
    return watched(config).timeout("requestMillis", REQUEST_MILLIS);
  }

  /** That nothing of what was seen speaks against the service, but for so many failures. */
  private static void assertBlameless(Operated operated, int failures) {
    JsonObject shown = operated.command("upstream.show");
    JsonObject endpoint = shown.getJsonArray("endpoints").getJsonObject(0);
    for (JsonObject each : List.of(shown, endpoint)) {
      JsonObject breaker = each.getJsonObject("circuitBreaker");
      assertThat(breaker.getString("state")).isEqualTo("CLOSED");
      assertThat(breaker.getInteger("failures")).isEqualTo(failures);
    }
    assertThat(endpoint.getBoolean("ejected")).isFalse();
    assertThat(operated.events("ejection")).isEmpty();
  }

  private RawClient uploading() throws IOException {
    RawClient client = client();
    client.request("PUT", "/", "Content-Length: 10");
    client.write("01234");
    return client;
  }

  private List<RawClient> uploads() throws IOException {
    List<RawClient> clients = new ArrayList<>();
    for (int i = 0; i < CALLS; i++) {
      clients.add(uploading());
    }
    return clients;
  }

  @Test
  void clientThatSendsForTooLong_isNotTheServicesFault() throws Exception {
    ScriptedUpstream upstream = upstream((request, c) -> c.reply(200, ""));
    Operated operated = Operated.listen(gateway(impatient(GatewayConfig.to(upstream))));
    for (RawClient each : uploads()) {
      assertThat(each.read().flag()).isEqualTo("UT");
    }
    assertBlameless(operated, 0);
    assertThat(operated.breaker().getInteger("calls")).isZero();
    assertThat(client().get("/").status()).isEqualTo(200);
  }

  @Test
  void clientThatReadsForTooLong_isNotTheServicesFault() throws Exception {
    byte[] answer = new byte[8 << 20];
    String head = "HTTP/1.1 200 OK\r\nContent-Length: " + answer.length + "\r\n\r\n";
    ScriptedUpstream upstream =
        upstream(
            (request, c) -> {
              try {
                c.write(head);
                c.write(answer);
              } catch (IOException given) {
                c.close(); // The gateway has given up.
              }
            });
    Gateway gateway =
        gateway(impatient(GatewayConfig.to(upstream)).timeout("requestMillis", READ_MILLIS));
    Operated operated = Operated.listen(gateway);
    for (int i = 0; i < CALLS; i++) {
      clientWithSmallBuffer().request("GET", "/");
    }
    Await.until("all have begun", () -> upstream.requests() == CALLS);
    Await.until("all are given up", () -> gateway.inFlight() == 0);
    assertBlameless(operated, 0);
  }

  @Test
  void serviceThatTakesTooLong_isToBlame() throws Exception {
    ScriptedUpstream upstream = upstream((request, c) -> c.drain());
    Operated operated = Operated.listen(gateway(impatient(GatewayConfig.to(upstream))));
    for (int i = 0; i < CALLS; i++) {
      assertThat(client().get("/").flag()).isEqualTo("UT");
    }
    operated.awaitBreaker("OPEN");
  }

  @Test
  void queueOfAFullPool_isNotTheServicesFault() throws Exception {
    ScriptedUpstream upstream = upstream((request, c) -> c.drain());
    Gateway gateway =
        gateway(impatient(GatewayConfig.to(upstream)).with(MAIN + "pool/maxConnections", 1));
    Operated operated = Operated.listen(gateway);
    RawClient first = client();
    first.request("GET", "/");
    Await.until("the connection is in use", () -> upstream.requests() == 1);
    List<RawClient> others = new ArrayList<>();
    for (int i = 0; i < CALLS; i++) {
      RawClient each = client();
      each.request("GET", "/");
      others.add(each);
    }
    assertThat(first.read().flag()).isEqualTo("UT");
    for (RawClient each : others) {
      assertThat(each.read().flag()).isEqualTo("UT");
    }
    JsonObject breaker = operated.breaker();
    assertThat(breaker.getString("state")).isEqualTo("CLOSED");
    assertThat(breaker.getInteger("failures"))
        .as("those that were sent in time")
        .isBetween(1, Math.min(CALLS - 1, upstream.requests()));
  }

  @Test
  void tryThatSpentItsTimeInTheQueue_isNotTheServicesFault() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    AtomicInteger requests = new AtomicInteger();
    ScriptedUpstream upstream =
        upstream(
            (request, c) -> {
              if (requests.incrementAndGet() == 1) {
                release.await();
                c.reply(200, "");
              } else {
                c.drain();
              }
            });
    GatewayConfig config =
        watched(GatewayConfig.to(upstream))
            .with(MAIN + "pool/maxConnections", 1)
            .with(MAIN + "retry/perTryTimeoutMillis", TRY_MILLIS);
    Operated operated = Operated.listen(gateway(config));
    RawClient first = client();
    first.request("GET", "/");
    Await.until("the connection is in use", () -> upstream.requests() == 1);
    long start = System.nanoTime();
    RawClient second = client();
    second.request("GET", "/");
    long most = TimeUnit.MILLISECONDS.toNanos(5 * TRY_MILLIS / 8);
    Await.until("most of the time is over", () -> System.nanoTime() - start > most);
    release.countDown();
    assertThat(second.read().flag()).isEqualTo("UT");
    assertThat(upstream.requests()).isEqualTo(2);
    assertBlameless(operated, 0);
  }

  @Test
  void timeOfTheUpload_isNotTheTimeOfTheAnswer() throws Exception {
    ScriptedUpstream upstream = upstream((request, c) -> c.reply(200, ""));
    GatewayConfig config =
        watched(GatewayConfig.to(upstream)).with(MAIN + "circuitBreaker/slowMillis", SLOW_MILLIS);
    Operated operated = Operated.listen(gateway(config));
    List<RawClient> clients = uploads();
    Await.until("all have begun", () -> upstream.requests() == CALLS);
    long begun = System.nanoTime();
    Await.until(
        "it is late", () -> System.nanoTime() - begun > TimeUnit.MILLISECONDS.toNanos(SLOW_MILLIS));
    for (RawClient each : clients) {
      each.write("56789");
      assertThat(each.read().status()).isEqualTo(200);
    }
    assertBlameless(operated, 0);
    assertThat(operated.breaker().getInteger("calls")).isEqualTo(CALLS);
  }

  @Test
  void clientOfAServiceOnTheBusThatSendsForTooLong_isNotItsFault() throws Exception {
    GatewayConfig config =
        GatewayConfig.to(new int[0]).with("/upstreams/main", new JsonObject().put("bus", "slow"));
    Gateway gateway = gateway(impatient(config));
    Operated operated = Operated.listen(gateway);
    MessageConsumer<Object> service =
        gateway.vertx().eventBus().localConsumer("slow", message -> message.reply("ok"));
    try {
      for (RawClient each : uploads()) {
        assertThat(each.read().flag()).isEqualTo("UT");
      }
      assertBlameless(operated, 0);
      assertThat(client().get("/").status()).isEqualTo(200);
    } finally {
      Await.result(service.unregister()); // The Vert.x may outlive the test.
    }
  }

  /** A service that reads an upload and falls silent is waited for, and blamed. */
  @Test
  void serviceThatFallsSilentAfterTheUpload_isToBlame() throws Exception {
    ScriptedUpstream upstream = upstream((request, c) -> c.drain());
    Operated operated = Operated.listen(gateway(impatient(GatewayConfig.to(upstream))));
    for (int i = 0; i < CALLS; i++) {
      RawClient each = uploading();
      each.write("56789");
      assertThat(each.read().flag()).isEqualTo("UT");
    }
    operated.awaitBreaker("OPEN");
  }
}
