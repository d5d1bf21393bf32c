package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of a request that goes to another upstream than its own: nothing of it is lost. */
class FallbackIT extends ScaledSuite implements AlsoRemote {
  private static final String ADDRESS = "spare.service";

  private final AtomicInteger tries = new AtomicInteger();
  private MessageConsumer<Object> consumer;

  /** Opens at the first failure, so that the second try of a request finds it open. */
  private static JsonObject breaker(String fallback) {
    JsonObject json =
        new JsonObject()
            .put("windowSize", 1)
            .put("failureThreshold", 1)
            .put("openMillis", 60_000)
            .put("openJitterPercent", 0);
    return fallback == null
        ? json
        : json.put("fallback", new JsonObject().put("upstream", fallback));
  }

  private static JsonObject retry() {
    return new JsonObject()
        .put("attempts", 2)
        .put("on", new JsonArray().add("gateway-error").add("reset").add("connect-failure"))
        .put("backoff", new JsonObject().put("baseMillis", 1));
  }

  /** The upstream {@code main} fails and leaves its requests to {@code spare}. */
  private static GatewayConfig config(JsonObject main, JsonObject spare) {
    return GatewayConfig.to(new int[0])
        .with("/upstreams/main", main.put("circuitBreaker", breaker("spare")).put("retry", retry()))
        .with("/upstreams/spare", spare);
  }

  private JsonObject sick() throws IOException {
    ScriptedUpstream.Answer failure =
        (request, c) -> {
          tries.incrementAndGet();
          c.reply(503, "sick");
        };
    return GatewayConfig.upstream(upstream(failure).port(), upstream(failure).port());
  }

  private ScriptedUpstream echo() throws IOException {
    return upstream((request, c) -> c.reply(200, "spare " + request.text()));
  }

  private void serve(Gateway gateway, Consumer<Message<Object>> service) {
    consumer = gateway.vertx().eventBus().localConsumer(ADDRESS, service::accept);
    Await.result(consumer.completion());
  }

  @AfterEach
  void goDeaf() {
    if (consumer != null) {
      Await.result(consumer.unregister()); // The Vert.x may outlive the test.
    }
  }

  private RawResponse put(String body) throws IOException {
    RawClient client = client();
    client.request("PUT", "/", "Content-Length: " + body.length());
    client.write(body);
    return client.read();
  }

  @Test
  void sizedBodyOfASecondTry_reachesTheFallback() throws Exception {
    gateway(config(sick(), GatewayConfig.upstream(echo().port())));
    String body = "0123456789".repeat(2_000);
    assertThat(put(body).text()).isEqualTo("spare " + body);
    assertThat(tries).hasValue(1);
  }

  @Test
  void chunkedBodyOfASecondTry_reachesTheFallbackWithItsTrailers() throws Exception {
    ScriptedUpstream spare = echo();
    gateway(config(sick(), GatewayConfig.upstream(spare.port())));
    RawClient client = client();
    client.request("PUT", "/", "Transfer-Encoding: chunked");
    client.chunk("abc");
    client.chunk("def");
    client.lastChunk("X-Sum: 6");
    assertThat(client.read().text()).isEqualTo("spare abcdef");
    assertThat(spare.take().trailers().first("x-sum")).isEqualTo("6");
  }

  /** The first try fails when it has a part of the body. */
  private ScriptedUpstream resetting(CountDownLatch failed) throws IOException {
    return scripted(
        c -> {
          c.requestHead();
          for (int i = 0; i < 5; i++) {
            c.in.read();
          }
          c.reset();
          failed.countDown();
        });
  }

  @Test
  void bodyThatIsStillComing_reachesTheFallbackWhole() throws Exception {
    CountDownLatch failed = new CountDownLatch(1);
    ScriptedUpstream sick = resetting(failed);
    ScriptedUpstream spare = echo();
    gateway(config(GatewayConfig.upstream(sick.port()), GatewayConfig.upstream(spare.port())));
    RawClient client = client();
    client.request("PUT", "/", "Content-Length: 10");
    client.write("01234");
    failed.await();
    Await.until("the fallback has the head", () -> spare.requests() == 1);
    client.write("56789");
    assertThat(client.read().text()).isEqualTo("spare 0123456789");
  }

  @Test
  void fallbackOnTheBus_getsTheBodyOfASecondTry() throws Exception {
    Gateway gateway = gateway(config(sick(), new JsonObject().put("bus", ADDRESS)));
    serve(gateway, message -> message.reply("bus " + message.body()));
    assertThat(put("a body").text()).isEqualTo("bus a body");
    assertThat(tries).hasValue(1);
  }

  @Test
  void fallbackOnTheBus_getsABodyThatIsStillComing() throws Exception {
    CountDownLatch failed = new CountDownLatch(1);
    JsonObject main = GatewayConfig.upstream(resetting(failed).port());
    Gateway gateway = gateway(config(main, new JsonObject().put("bus", ADDRESS)));
    serve(gateway, message -> message.reply("bus " + message.body()));
    Operated operated = Operated.listen(gateway);
    RawClient client = client();
    client.request("PUT", "/", "Content-Length: 10");
    client.write("01234");
    failed.await();
    operated.awaitBreaker("OPEN");
    client.write("56789");
    assertThat(client.read().text()).isEqualTo("bus 0123456789");
  }

  @Test
  void fallbackOfAServiceOnTheBus_getsTheBodyOfASecondTry() throws Exception {
    JsonObject spare = GatewayConfig.upstream(echo().port());
    Gateway gateway = gateway(config(new JsonObject().put("bus", ADDRESS), spare));
    serve(
        gateway,
        message -> {
          tries.incrementAndGet();
          message.fail(503, "sick");
        });
    assertThat(put("a body").text()).isEqualTo("spare a body");
    assertThat(tries).hasValue(1);
    RawClient chunked = client();
    chunked.request("PUT", "/", "Transfer-Encoding: chunked", "Expect: 100-continue");
    chunked.chunk("another");
    chunked.lastChunk();
    RawResponse response = chunked.read();
    response = response.status() == 100 ? chunked.read() : response;
    assertThat(response.text()).isEqualTo("spare another");
  }

  /** What an upstream on the bus has read whole is there for every try behind it. */
  @Test
  void fallbackOfAServiceOnTheBus_mayTryAgainItself() throws Exception {
    ScriptedUpstream.Answer second =
        (request, c) -> {
          boolean good = tries.incrementAndGet() > 1;
          c.reply(good ? 200 : 503, request.text());
        };
    JsonObject spare = GatewayConfig.upstream(upstream(second).port(), upstream(second).port());
    JsonObject main = new JsonObject().put("bus", ADDRESS);
    Gateway gateway = gateway(config(main, spare.put("retry", retry().put("attempts", 3))));
    serve(gateway, message -> message.fail(503, "sick"));
    assertThat(put("a body").text()).isEqualTo("a body");
    assertThat(tries).hasValue(2);
  }

  @Test
  void fallbackWhoseOwnBreakerIsOpen_leavesItToItsOwnFallback() throws Exception {
    JsonObject last = GatewayConfig.upstream(echo().port());
    gateway(
        config(sick(), sick().put("circuitBreaker", breaker("last")))
            .with("/upstreams/last", last));
    assertThat(put("1").text()).isEqualTo("sick"); // The fallback fails as well, and opens.
    assertThat(put("2").text()).isEqualTo("spare 2");
    assertThat(tries).hasValue(2);
  }

  @Test
  void fallbackWhoseOwnBreakerIsOpen_refusesWithTheTimeThatItIs() throws Exception {
    JsonObject spare = sick().put("circuitBreaker", breaker(null).put("openMillis", 30_000));
    gateway(config(sick(), spare));
    assertThat(put("1").text()).isEqualTo("sick");
    RawResponse refusal = put("2");
    assertThat(refusal.status()).isEqualTo(503);
    assertThat(refusal.flag()).isEqualTo("CB");
    assertThat(refusal.headers().first("retry-after")).isEqualTo("30");
    assertThat(tries).hasValue(2);
  }
}
