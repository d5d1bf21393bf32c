package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that become messages, and replies that become responses, on every scale. */
class BusIT extends ScaledSuite implements AlsoRemote {
  private static final String ADDRESS = "orders.service";

  private final AtomicReference<Message<Object>> seen = new AtomicReference<>();
  private final AtomicInteger messages = new AtomicInteger();
  private Gateway gateway;
  private MessageConsumer<Object> consumer;

  private GatewayConfig config() {
    return GatewayConfig.to(new int[0]).with("/upstreams/main", upstream());
  }

  private static JsonObject upstream() {
    return new JsonObject().put("bus", ADDRESS);
  }

  /** A gateway whose requests a service gets. */
  private void start(GatewayConfig config, Consumer<Message<Object>> service) {
    gateway = gateway(config);
    consumer =
        gateway
            .vertx()
            .eventBus()
            .localConsumer(
                ADDRESS,
                message -> {
                  seen.set(message);
                  messages.incrementAndGet();
                  service.accept(message);
                });
    Await.result(consumer.completion());
  }

  @AfterEach
  void goDeaf() {
    if (consumer != null) {
      Await.result(consumer.unregister()); // The Vert.x may outlive the test.
    }
  }

  private RawResponse get(String target, String... fields) throws IOException {
    try (RawClient client = gateway.connect()) {
      return client.get(target, fields);
    }
  }

  private RawResponse post(String type, String body) throws IOException {
    try (RawClient client = gateway.connect()) {
      client.head(
          "POST /p HTTP/1.1",
          "Host: a",
          "Content-Type: " + type,
          "Content-Length: " + body.length());
      client.write(body);
      return client.read("POST");
    }
  }

  @Test
  void request_becomesAMessageWithItsFieldsBehindAPrefix() throws Exception {
    start(config(), message -> message.reply(new JsonObject().put("ok", true)));
    RawResponse response =
        get("/a/b?x=1&y=%20", "action: deleteAll", "X-Two: 1", "x-two: 2", "X-Request-Id: seven");
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.headers().first("content-type")).isEqualTo("application/json");
    assertThat(response.text()).isEqualTo("{\"ok\":true}");
    var headers = seen.get().headers();
    assertThat(seen.get().body()).isNull();
    assertThat(headers.get("method")).isEqualTo("GET");
    assertThat(headers.get("path")).isEqualTo("/a/b");
    assertThat(headers.get("query")).isEqualTo("x=1&y=%20");
    assertThat(headers.get("id")).isEqualTo("seven");
    assertThat(headers.get("client")).isEqualTo("127.0.0.1");
    assertThat(headers.get("route")).isEqualTo("all");
    assertThat(headers.contains("action")).isFalse();
    assertThat(headers.get("http-action")).isEqualTo("deleteAll");
    assertThat(headers.getAll("http-x-two")).containsExactly("1", "2");
  }

  @Test
  void body_isJsonWhereItIsCalledSo_elseABuffer() throws Exception {
    start(config(), message -> message.reply(message.body()));
    assertThat(post("application/json", "{\"a\": [1]}").text()).isEqualTo("{\"a\":[1]}");
    assertThat(seen.get().body()).isInstanceOf(JsonObject.class);
    assertThat(post("application/vnd.x+json; charset=utf-8", "[1, 2]").text()).isEqualTo("[1,2]");
    assertThat(seen.get().body()).isInstanceOf(JsonArray.class);
    assertThat(post("application/json", "7").text()).isEqualTo("7");
    assertThat(seen.get().body()).isEqualTo(Buffer.buffer("7"));
    RawResponse text = post("text/plain", "{\"a\": 1}");
    assertThat(seen.get().body()).isEqualTo(Buffer.buffer("{\"a\": 1}"));
    assertThat(text.headers().first("content-type")).isEqualTo("application/octet-stream");
    RawResponse bad = post("application/json", "{\"a\": ");
    assertThat(bad.status()).isEqualTo(400);
    assertThat(bad.headers().first("weir-flag")).isEqualTo("BI");
    assertThat(messages).hasValue(4);
  }

  @Test
  void chunkedBody_isReadWhole_andBounded() throws Exception {
    start(config().with("/upstreams/main/maxBusBytes", 10), message -> message.reply("ok"));
    try (RawClient client = gateway.connect()) {
      client.head("PUT / HTTP/1.1", "Host: a", "Transfer-Encoding: chunked");
      client.chunk("01234");
      client.chunk("56789");
      client.lastChunk();
      assertThat(client.read("PUT").text()).isEqualTo("ok");
      assertThat(seen.get().body()).isEqualTo(Buffer.buffer("0123456789"));
    }
    assertThat(post("text/plain", "0123456789x").status()).isEqualTo(413);
    try (RawClient client = gateway.connect()) {
      client.head("PUT / HTTP/1.1", "Host: a", "Transfer-Encoding: chunked");
      client.chunk("0123456789");
      client.chunk("x");
      assertThat(client.read("PUT").headers().first("weir-flag")).isEqualTo("PL");
    }
    assertThat(messages).hasValue(1);
  }

  @Test
  void reply_hasStatusAndFields() throws Exception {
    DeliveryOptions options = new DeliveryOptions().addHeader("status", "201");
    options.addHeader("http-Location", "/orders/7").addHeader("http-content-type", "text/csv");
    options.addHeader("http-set-cookie", "a=1").addHeader("http-set-cookie", "b=2");
    options.addHeader("http-content-length", "1000").addHeader("secret", "x");
    start(config(), message -> message.reply("a,b", options));
    RawResponse response = get("/");
    assertThat(response.status()).isEqualTo(201);
    assertThat(response.headers().single("location")).isEqualTo("/orders/7");
    assertThat(response.headers().single("content-type")).isEqualTo("text/csv");
    assertThat(response.headers().all("set-cookie")).containsExactly("a=1", "b=2");
    assertThat(response.headers().single("content-length")).isEqualTo("3");
    assertThat(response.headers().has("secret")).isFalse();
    assertThat(response.text()).isEqualTo("a,b");
  }

  @Test
  void emptyReply_isNoContent() throws Exception {
    start(config(), message -> message.reply(null));
    assertThat(get("/").status()).isEqualTo(204);
  }

  @ParameterizedTest
  @CsvSource({"status, 99", "status, 600", "status, x", "http-a b, 1", "http-a, 1\\r\\nx: y"})
  void replyThatIsNoResponse_is502(String name, String value) throws Exception {
    String raw = value.replace("\\r\\n", "\r\n");
    start(config(), m -> m.reply("", new DeliveryOptions().addHeader(name, raw)));
    RawResponse response = get("/");
    assertThat(response.status()).isEqualTo(502);
    assertThat(response.headers().first("weir-flag")).isEqualTo("UP");
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 404, 409, 429, 503, 599})
  void failureCodeOfHttp_isTheStatus(int code) throws Exception {
    start(config(), message -> message.fail(code, "no such order"));
    RawResponse response = get("/");
    assertThat(response.status()).isEqualTo(code);
    assertThat(response.headers().first("content-type")).isEqualTo("application/problem+json");
    assertThat(new JsonObject(response.text()).getString("detail")).isEqualTo("no such order");
    assertThat(response.headers().has("weir-flag")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 200, 399, 600})
  void otherFailureCode_is502AndSaysNothing(int code) throws Exception {
    start(config(), message -> message.fail(code, "jdbc://secret"));
    RawResponse response = get("/");
    assertThat(response.status()).isEqualTo(502);
    assertThat(response.headers().first("weir-flag")).isEqualTo("UF");
    assertThat(response.text()).doesNotContain("secret");
  }

  @Test
  void noHandlers_is503() throws Exception {
    gateway = gateway(config());
    RawResponse response = get("/");
    assertThat(response.status()).isEqualTo(503);
    assertThat(response.headers().first("weir-flag")).isEqualTo("UH");
  }

  @ParameterizedTest
  @ValueSource(strings = {"firstByteMillis", "requestMillis"})
  void noReplyInTime_is504(String timeout) throws Exception {
    start(config().timeout(timeout, 200), message -> {});
    RawResponse response = get("/");
    assertThat(response.status()).isEqualTo(504);
    assertThat(response.headers().first("weir-flag")).isEqualTo("UT");
    Await.until("nothing is under way", () -> gateway.inFlight() == 0);
  }

  @Test
  void retry_sendsTheBodyAgain() throws Exception {
    GatewayConfig config =
        config()
            .with("/upstreams/main/retry/attempts", 2)
            .with("/upstreams/main/retry/statuses", new JsonArray().add(503))
            .with("/upstreams/main/retry/methods", new JsonArray().add("POST"));
    start(
        config,
        message -> {
          if (messages.get() == 1) {
            message.fail(503, "not yet");
          } else {
            message.reply(message.body());
          }
        });
    assertThat(post("text/plain", "again").text()).isEqualTo("again");
    assertThat(messages).hasValue(2);
  }

  @Test
  void breaker_opensWhenNobodyListens() throws Exception {
    gateway =
        gateway(
            config()
                .with("/upstreams/main/circuitBreaker/failureThreshold", 2)
                .with("/upstreams/main/circuitBreaker/windowSize", 2));
    assertThat(get("/").headers().first("weir-flag")).isEqualTo("UH");
    assertThat(get("/").headers().first("weir-flag")).isEqualTo("UH");
    assertThat(get("/").headers().first("weir-flag")).isEqualTo("CB");
  }

  @Test
  void limit_refusesWhatIsTooMuch() throws Exception {
    start(config().with("/upstreams/main/limits/maxRequests", 1), message -> {});
    try (RawClient waiting = gateway.connect()) {
      waiting.head("GET / HTTP/1.1", "Host: a");
      Await.until("one is under way", () -> messages.get() == 1);
      assertThat(get("/").headers().first("weir-flag")).isEqualTo("UO");
      seen.get().reply("late");
      assertThat(waiting.read("GET").text()).isEqualTo("late");
    }
  }

  @Test
  void clientThatGoesAway_isForgotten() throws Exception {
    start(config(), message -> {});
    try (RawClient client = gateway.connect()) {
      client.head("GET / HTTP/1.1", "Host: a");
      Await.until("it is under way", () -> messages.get() == 1);
    }
    Await.until("nothing is under way", () -> gateway.inFlight() == 0);
    seen.get().reply("nobody hears it");
  }

  private double metric(String series) {
    try {
      return gateway.metrics().getOrDefault(series, 0.0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void tenThousandRequests_areAnsweredAndCounted() throws Exception {
    start(config(), message -> message.reply(message.headers().get("path")));
    SteadyLoad load = SteadyLoad.start(gateway.port(), 4);
    try (load) {
      load.awaitRequests(10_000);
    }
    assertThat(load.failures()).isEmpty();
    String series =
        "weir_upstream_requests_total{endpoint=\"bus:%s\",status_class=\"2xx\",upstream=\"main\"}";
    Await.until(
        () -> load.requests() + " are counted, not " + metric(series.formatted(ADDRESS)),
        () -> metric(series.formatted(ADDRESS)) == load.requests(),
        Await.PATIENCE);
  }
}
