package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Operators see what is in flight. */
class ExchangesIT extends ScaledSuite implements AlsoRemote {
  private static final String BODY = "0123456789";

  private final CountDownLatch released = new CountDownLatch(1);

  private static JsonObject list(Gateway gateway, Object... fields) {
    JsonObject command = Verbs.fields(fields).put("op", "exchange.list");
    return Await.result(gateway.vertx().eventBus().<JsonObject>request("weir.control", command))
        .body();
  }

  private static List<JsonObject> lines(JsonObject answer) {
    return answer.getJsonArray("exchanges").stream().map(JsonObject.class::cast).toList();
  }

  private static void awaitTotal(Gateway gateway, int total) {
    Await.until(
        () -> total + " are in flight, not " + list(gateway),
        () -> list(gateway).getInteger("total") == total,
        Await.PATIENCE);
  }

  @Test
  void exchangesAreListedFromTheOldestOnUntilTheyEnd() throws Exception {
    ScriptedUpstream upstream =
        upstream(
            (request, c) -> {
              released.await();
              c.reply(200, BODY);
            });
    Gateway gateway = gateway(upstream);
    awaitTotal(gateway, 0);
    RawClient first = client();
    first.request("GET", "/a", "X-Request-Id: one");
    awaitTotal(gateway, 1);
    RawClient second = client();
    second.request("GET", "/b", "X-Request-Id: two");
    awaitTotal(gateway, 2);
    Await.until(
        "both have their endpoint",
        () -> lines(list(gateway)).stream().allMatch(each -> each.getString("endpoint") != null));
    JsonObject all = list(gateway);
    assertThat(lines(all)).extracting(each -> each.getString("id")).containsExactly("one", "two");
    JsonObject oldest = lines(all).get(0);
    assertThat(oldest.getString("route")).isEqualTo("all");
    assertThat(oldest.getString("upstream")).isEqualTo("main");
    assertThat(oldest.getString("endpoint")).isEqualTo("127.0.0.1:" + upstream.port());
    assertThat(oldest.getString("client")).isEqualTo("127.0.0.1");
    assertThat(oldest.getInteger("attempts")).isEqualTo(1);
    assertThat(oldest.getLong("ageMillis"))
        .isGreaterThanOrEqualTo(lines(all).get(1).getLong("ageMillis"));
    assertThat(oldest.getLong("responseBytes")).isZero();
    JsonObject one = list(gateway, "limit", 1);
    assertThat(one.getInteger("total")).isEqualTo(2);
    assertThat(lines(one)).extracting(each -> each.getString("id")).containsExactly("one");
    assertThat(lines(list(gateway, "id", "two"))).hasSize(1);
    assertThat(lines(list(gateway, "upstream", "other"))).isEmpty();
    released.countDown();
    assertThat(first.read().text()).isEqualTo(BODY);
    assertThat(second.read().text()).isEqualTo(BODY);
    awaitTotal(gateway, 0);
  }

  @Test
  void bytesThatHavePassedAreShown() throws Exception {
    ScriptedUpstream upstream =
        upstream(
            (request, c) -> {
              c.write("HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n" + BODY);
              released.await();
              c.write(BODY);
            });
    Gateway gateway = gateway(upstream);
    RawClient client = client();
    client.write("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n" + BODY);
    Await.until(
        () -> "half of the response has passed: " + list(gateway),
        () ->
            lines(list(gateway)).stream()
                .anyMatch(
                    each ->
                        each.getLong("requestBytes") == BODY.length()
                            && each.getLong("responseBytes") == BODY.length()),
        Await.PATIENCE);
    released.countDown();
    assertThat(client.read().text()).isEqualTo(BODY + BODY);
  }
}
