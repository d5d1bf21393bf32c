package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A request that failed is tried again where that helps and does no harm, and nowhere else. */
class RetryIT extends ScaledSuite implements AlsoRemote {

  /** An answer at once is not as late as that, on a machine with other work either. */
  private static final int LATE_MILLIS = 600;

  @TempDir Path directory;

  private final AtomicInteger tries = new AtomicInteger();
  private ScriptedUpstream one;
  private ScriptedUpstream other;

  /** Two upstreams of which whichever gets a request first fails it in this way. */
  private GatewayConfig firstTry(ScriptedUpstream.Answer failure) throws IOException {
    return firstTries(1, failure);
  }

  private GatewayConfig firstTries(int count, ScriptedUpstream.Answer failure) throws IOException {
    ScriptedUpstream.Answer answer =
        (request, c) -> {
          if (tries.incrementAndGet() <= count) {
            failure.to(request, c);
          } else {
            c.reply(200, "try " + tries.get() + " " + request.text());
          }
        };
    one = upstream(answer);
    other = upstream(answer);
    return GatewayConfig.to(one, other);
  }

  private static JsonObject retry(int attempts, String... on) {
    JsonArray conditions = new JsonArray();
    for (String condition : on) {
      conditions.add(condition);
    }
    JsonObject backoff = new JsonObject().put("baseMillis", 5);
    return new JsonObject().put("attempts", attempts).put("on", conditions).put("backoff", backoff);
  }

  private void start(GatewayConfig config, JsonObject retry) {
    gateway(config.with("/upstreams/main/retry", retry));
  }

  private void assertBothTried() {
    assertThat(one.requests()).isEqualTo(1);
    assertThat(other.requests()).isEqualTo(1);
  }

  private static RawResponse send(RawClient client, String method, String body) throws IOException {
    client.request(method, "/", "Content-Length: " + body.length());
    client.write(body);
    return client.read();
  }

  @Test
  void reset_isTriedAtTheOtherEndpoint() throws Exception {
    start(firstTry((request, c) -> c.reset()), retry(2, "reset"));
    assertThat(client().get("/").text()).isEqualTo("try 2 ");
    assertBothTried();
  }

  @Test
  void resetThatIsNoCondition_isNotTriedAgain() throws Exception {
    start(firstTry((request, c) -> c.reset()), retry(2, "gateway-error"));
    RawResponse response = client().get("/");
    assertThat(response.status()).isEqualTo(502);
    assertThat(response.flag()).isEqualTo("UF");
    assertThat(tries.get()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {502, 503, 504})
  void gatewayError_isTriedAtTheOtherEndpoint(int status) throws Exception {
    start(firstTry((request, c) -> c.reply(status, "broken")), retry(2, "gateway-error"));
    RawClient client = client();
    assertThat(client.get("/").text()).isEqualTo("try 2 ");
    assertBothTried();
    for (int i = 0; i < 4; i++) {
      assertThat(client.get("/").status()).isEqualTo(200);
    }
  }

  @Test
  void unwantedResponse_isReadAwayAndItsConnectionUsedAgain() throws Exception {
    ScriptedUpstream upstream =
        upstream((r, c) -> c.reply(tries.incrementAndGet() % 2 == 1 ? 503 : 200, "x".repeat(5000)));
    start(GatewayConfig.to(upstream), retry(2, "gateway-error"));
    RawClient client = client();
    for (int i = 0; i < 10; i++) {
      assertThat(client.get("/").status()).isEqualTo(200);
    }
    assertThat(upstream.requests()).isEqualTo(20);
    assertThat(upstream.connections()).isLessThanOrEqualTo(4);
  }

  @Test
  void longUnwantedResponse_costsItsConnection() throws Exception {
    ScriptedUpstream upstream =
        upstream(
            (r, c) -> {
              boolean first = tries.incrementAndGet() == 1;
              c.reply(first ? 503 : 200, first ? "x".repeat(5_000_000) : "good");
            });
    start(GatewayConfig.to(upstream), retry(2, "gateway-error"));
    assertThat(client().get("/").text()).isEqualTo("good");
    Await.until("the long one is cut", () -> upstream.openConnections() == 1);
  }

  @Test
  void listedStatus_isTriedAgain_othersAreNot() throws Exception {
    JsonObject retry = retry(2, "gateway-error").put("statuses", new JsonArray().add(429));
    start(firstTries(3, (request, c) -> c.reply(tries.get() == 1 ? 429 : 500, "no")), retry);
    assertThat(client().get("/").status()).isEqualTo(500);
    assertThat(tries.get()).isEqualTo(2);
  }

  @Test
  void tryThatTakesTooLong_isTriedAtTheOtherEndpoint() throws Exception {
    start(
        firstTry((request, c) -> c.drain()),
        retry(2, "timeout").put("perTryTimeoutMillis", LATE_MILLIS));
    long start = System.nanoTime();
    assertThat(client().get("/").text()).isEqualTo("try 2 ");
    assertThat(System.nanoTime() - start).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(LATE_MILLIS));
    assertBothTried();
  }

  @Test
  void noFirstByte_isTriedAtTheOtherEndpoint() throws Exception {
    start(
        firstTry((request, c) -> c.drain()).timeout("firstByteMillis", LATE_MILLIS),
        retry(2, "timeout"));
    assertThat(client().get("/").text()).isEqualTo("try 2 ");
    assertBothTried();
  }

  @Test
  void connectFailure_isTriedAsOftenAsItMay() throws Exception {
    ScriptedUpstream dead = upstream((request, c) -> c.reply(200, ""));
    dead.refuse();
    Path log = directory.resolve("access.log");
    Gateway gateway =
        gateway(
            GatewayConfig.to(dead)
                .accessLog(log)
                .with("/upstreams/main/retry", retry(4, "connect-failure")));
    RawResponse response = send(client(), "POST", "abc");
    assertThat(response.status()).isEqualTo(502);
    assertThat(response.flag()).isEqualTo("RX");
    JsonObject line = new LogFile(log).onlyLine();
    assertThat(line.getInteger("attempts")).isEqualTo(4);
    assertThat(line.getString("detail")).isEqualTo("connect-failure");
    assertThat(gateway.metrics())
        .containsEntry("weir_retries_total{reason=\"connect-failure\",upstream=\"main\"}", 3.0)
        .containsEntry("weir_retries_refused_total{reason=\"exhausted\",upstream=\"main\"}", 1.0);
  }

  @Test
  void everyTryFails_theLastResponseGoesOn() throws Exception {
    Path log = directory.resolve("access.log");
    start(
        firstTries(9, (request, c) -> c.reply(503, "broken " + tries.get(), "X-From: upstream"))
            .accessLog(log),
        retry(3, "gateway-error"));
    RawResponse response = client().get("/");
    assertThat(response.status()).isEqualTo(503);
    assertThat(response.text()).isEqualTo("broken 3");
    assertThat(response.header("x-from")).isEqualTo("upstream");
    JsonObject line = new LogFile(log).onlyLine();
    assertThat(line.getString("flag")).isEqualTo("RX");
    assertThat(line.getString("detail")).isEqualTo("gateway-error");
    assertThat(line.getInteger("attempts")).isEqualTo(3);
  }

  @Test
  void noBudget_theFirstResponseGoesOn() throws Exception {
    Path log = directory.resolve("access.log");
    GatewayConfig config =
        firstTries(9, (request, c) -> c.reply(503, "broken"))
            .accessLog(log)
            .with("/upstreams/main/retryBudget", new JsonObject().put("minRetries", 0));
    start(config, retry(3, "gateway-error"));
    assertThat(client().get("/").text()).isEqualTo("broken");
    assertThat(tries.get()).isEqualTo(1);
    JsonObject line = new LogFile(log).onlyLine();
    assertThat(line.getString("flag")).isEqualTo("UO");
    assertThat(line.getString("detail")).isEqualTo("retry-budget");
  }

  @Test
  void noBudgetAndNoResponse_isAnOverflow() throws Exception {
    GatewayConfig config =
        firstTries(9, (request, c) -> c.reset())
            .with("/upstreams/main/retryBudget", new JsonObject().put("minRetries", 0));
    start(config, retry(3, "reset"));
    RawResponse response = client().get("/");
    assertThat(response.status()).isEqualTo(503);
    assertThat(response.flag()).isEqualTo("UO");
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PATCH"})
  void methodThatIsNotIdempotent_isSentOnce(String method) throws Exception {
    start(firstTries(9, (request, c) -> c.reset()), retry(3, "reset", "gateway-error"));
    assertThat(send(client(), method, "abc").flag()).isEqualTo("UF");
    assertThat(client().call(method, "/").flag()).isEqualTo("UF");
    assertThat(tries.get()).isEqualTo(2);
  }

  @Test
  void methodThatIsListed_isSentAgain() throws Exception {
    JsonObject retry = retry(2, "gateway-error").put("methods", new JsonArray().add("POST"));
    start(firstTry((request, c) -> c.reply(503, "")), retry);
    assertThat(send(client(), "POST", "abc").text()).isEqualTo("try 2 abc");
  }

  @Test
  void sizedBody_isSentAgain() throws Exception {
    start(firstTry((request, c) -> c.reset()), retry(2, "reset").put("maxReplayBytes", 50_000));
    String body = "0123456789".repeat(5_000);
    assertThat(send(client(), "PUT", body).text()).isEqualTo("try 2 " + body);
  }

  @Test
  void chunkedBodyWithTrailers_isSentAgain() throws Exception {
    start(firstTry((request, c) -> c.reply(503, "")), retry(2, "gateway-error"));
    RawClient client = client();
    client.request("PUT", "/", "Transfer-Encoding: chunked");
    client.chunk("abc");
    client.chunk("def");
    client.lastChunk("X-Sum: 6");
    assertThat(client.read().text()).isEqualTo("try 2 abcdef");
    for (ScriptedUpstream upstream : new ScriptedUpstream[] {one, other}) {
      RawRequest request = upstream.take();
      assertThat(request.text()).isEqualTo("abcdef");
      assertThat(request.trailers().first("x-sum")).isEqualTo("6");
    }
  }

  @Test
  void bodyThatIsLargerThanWhatIsKept_isSentOnce() throws Exception {
    start(
        firstTries(9, (request, c) -> c.reply(503, "broken")),
        retry(2, "gateway-error").put("maxReplayBytes", 1000));
    assertThat(send(client(), "PUT", "x".repeat(1001)).text()).isEqualTo("broken");
    assertThat(tries.get()).isEqualTo(1);
    assertThat(send(client(), "PUT", "x".repeat(1000)).text()).isEqualTo("broken");
    assertThat(tries.get()).isEqualTo(3);
  }

  @Test
  void tryFailsWhileTheBodyComes_theNextOneGetsAllOfIt() throws Exception {
    AtomicInteger connections = new AtomicInteger();
    ScriptedUpstream.Script script =
        c -> {
          RawRequest head = c.requestHead();
          if (connections.incrementAndGet() == 1) {
            for (int i = 0; i < 5; i++) {
              c.in.read();
            }
            c.reset();
          } else if (head != null) {
            c.reply(200, c.requestBody(head).text());
            c.drain();
          }
        };
    start(GatewayConfig.to(scripted(script), scripted(script)), retry(2, "reset"));
    RawClient client = client();
    client.request("PUT", "/", "Content-Length: 10");
    client.write("01234");
    Await.until("the second try has begun", () -> connections.get() == 2);
    client.write("56789");
    assertThat(client.read().text()).isEqualTo("0123456789");
  }

  @Test
  void responseHasBegun_isNotTriedAgain() throws Exception {
    start(
        firstTries(
            9,
            (request, c) -> {
              c.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n01234");
              c.close();
            }),
        retry(3, "reset", "timeout", "gateway-error"));
    RawClient client = client();
    client.request("GET", "/");
    assertThatThrownBy(client::read).isInstanceOf(TruncatedException.class);
    assertThat(tries.get()).isEqualTo(1);
  }

  @Test
  void deadlineHoldsAcrossTries() throws Exception {
    start(
        firstTries(99, (request, c) -> c.drain()).timeout("requestMillis", 700),
        retry(10, "timeout").put("perTryTimeoutMillis", 100));
    long start = System.nanoTime();
    RawResponse response = client().get("/");
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    assertThat(response.status()).isEqualTo(504);
    assertThat(response.flag()).isEqualTo("UT");
    assertThat(millis).isBetween(500L, 2500L);
    assertThat(tries.get()).isBetween(2, 7);
  }

  @Test
  void waitThatWouldPassTheDeadline_isNotBegun() throws Exception {
    start(
        firstTries(9, (request, c) -> c.reply(503, "broken", "Retry-After: 30"))
            .timeout("requestMillis", 5000),
        retry(3, "gateway-error")
            .put("backoff", new JsonObject().put("retryAfterMaxMillis", 60_000)));
    long start = System.nanoTime();
    assertThat(client().get("/").text()).isEqualTo("broken");
    assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(4));
    assertThat(tries.get()).isEqualTo(1);
  }

  @Test
  void retryAfter_isHonouredUpToItsCap() throws Exception {
    start(
        firstTry((request, c) -> c.reply(503, "broken", "Retry-After: 30")),
        retry(2, "gateway-error")
            .put("backoff", new JsonObject().put("baseMillis", 0).put("retryAfterMaxMillis", 300)));
    long start = System.nanoTime();
    assertThat(client().get("/").status()).isEqualTo(200);
    assertThat(System.nanoTime() - start).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(300));
  }

  @Test
  void route_winsOverItsUpstream() throws Exception {
    GatewayConfig config = firstTries(2, (request, c) -> c.reply(503, "broken"));
    config.with("/upstreams/main/retry", retry(2, "gateway-error"));
    gateway(
        config.routes(
            route("often", "/often", retry(3, "gateway-error")),
            route("never", "/never", retry(1)),
            route("plain", "/plain", null)));
    assertThat(client().get("/never").status()).isEqualTo(503);
    tries.set(0);
    assertThat(client().get("/plain").status()).isEqualTo(503);
    tries.set(0);
    assertThat(client().get("/often").text()).isEqualTo("try 3 ");
  }

  private static JsonObject route(String id, String path, JsonObject retry) {
    return new JsonObject()
        .put("id", id)
        .put("upstream", "main")
        .put("match", new JsonObject().put("path", path))
        .put("retry", retry);
  }

  @Test
  void clientThatLeavesDuringTheWait_endsIt() throws Exception {
    Path log = directory.resolve("access.log");
    start(
        firstTries(9, (request, c) -> c.reply(503, "broken", "Retry-After: 3")).accessLog(log),
        retry(3, "gateway-error")
            .put("backoff", new JsonObject().put("retryAfterMaxMillis", 60_000)));
    RawClient client = client();
    client.request("GET", "/");
    Await.until("the first try has failed", () -> tries.get() == 1);
    client.close();
    JsonObject line = new LogFile(log).onlyLine();
    assertThat(line.getString("flag")).isEqualTo("DC");
    if (scale() != Scale.REMOTE) { // Where only the other node knows.
      assertThat(line.getInteger("attempts")).isEqualTo(1);
    }
    assertThat(tries.get()).isEqualTo(1);
  }
}
