package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Large transfers can be watched, on the admin side and on the bus. */
class TransfersIT extends ScaledSuite {
  private static final int MIN = 100_000;
  private static final int PART = 300_000;
  private static final int WHOLE = 1_000_000;

  private final Queue<JsonObject> events = new ConcurrentLinkedQueue<>();
  private Gateway gateway;

  private void start(ScriptedUpstream upstream, boolean enabled) {
    gateway =
        gateway(
            GatewayConfig.to(upstream)
                .with("/progress/enabled", enabled)
                .with("/progress/minBytes", MIN)
                .with("/progress/intervalMillis", 100));
    Await.result(
        gateway
            .vertx()
            .eventBus()
            .<JsonObject>consumer("weir.events", event -> take(event.body()))
            .completion());
  }

  private void take(JsonObject event) {
    if (event.getString("type").equals("transfers")) {
      event.getJsonArray("transfers").forEach(each -> events.add((JsonObject) each));
    }
  }

  private JsonArray listed() {
    try {
      return new JsonObject(gateway.admin("/transfers").text()).getJsonArray("transfers");
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private JsonObject awaitListed() {
    Await.until("the transfer is listed", () -> listed().size() == 1);
    return listed().getJsonObject(0);
  }

  private JsonObject awaitEvent(String state) {
    Await.until(
        "an event tells that it is " + state,
        () -> events.stream().anyMatch(each -> each.getString("state").equals(state)));
    List<JsonObject> told =
        events.stream().filter(each -> each.getString("state").equals(state)).toList();
    return told.get(told.size() - 1);
  }

  private static void assertIsOf(JsonObject transfer, String direction, ScriptedUpstream to) {
    assertThat(transfer.getString("direction")).isEqualTo(direction);
    assertThat(transfer.getString("endpoint")).isEqualTo("127.0.0.1:" + to.port());
    assertThat(transfer.getString("route")).isEqualTo("all");
    assertThat(transfer.getString("upstream")).isEqualTo("main");
    assertThat(transfer.getString("client")).isEqualTo("127.0.0.1");
    assertThat(transfer.getString("id")).isNotBlank();
    assertThat(Instant.parse(transfer.getString("startedAt"))).isBefore(Instant.now());
  }

  @Test
  void uploadIsShownUntilItIsDone() throws Exception {
    ScriptedUpstream upstream = upstream((request, c) -> c.reply(200, "thanks"));
    start(upstream, true);
    RawClient client = client();
    client.request("POST", "/", "Content-Length: " + WHOLE);
    client.write("x".repeat(PART));
    Await.until(
        "all that was sent is shown",
        () -> listed().size() == 1 && listed().getJsonObject(0).getInteger("bytes") == PART);
    JsonObject shown = awaitListed();
    assertIsOf(shown, "upload", upstream);
    assertThat(shown.getString("state")).isEqualTo("running");
    assertThat(shown.getInteger("totalBytes")).isEqualTo(WHOLE);
    JsonObject told = awaitEvent("running");
    assertThat(told.getInteger("bytesPerSecond")).isNotNegative();
    client.write("x".repeat(WHOLE - PART));
    assertThat(client.read().text()).isEqualTo("thanks");
    assertThat(awaitEvent("done").getString("expectedEnd")).isNull();
    assertThat(listed()).isEmpty();
  }

  @Test
  void steadyUploadHasARateAndAnExpectedEnd() throws Exception {
    ScriptedUpstream upstream =
        scripted(
            c -> {
              c.requestHead();
              c.drain();
            });
    start(upstream, true);
    RawClient client = client();
    long total = 1L << 40;
    client.request("POST", "/", "Content-Length: " + total);
    Await.until(
        "a rate and an expected end are told",
        () -> {
          write(client);
          return events.stream()
              .anyMatch(
                  each ->
                      each.getLong("bytesPerSecond") > 0 && each.getString("expectedEnd") != null);
        });
    JsonObject told = awaitEvent("running");
    assertThat(told.getLong("totalBytes")).isEqualTo(total);
    client.reset();
    assertThat(awaitEvent("broken").getLong("bytes")).isGreaterThan(MIN);
    Await.until("nothing is listed", () -> listed().isEmpty());
  }

  private static void write(RawClient client) {
    try {
      client.write("x".repeat(PART));
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void downloadOfUnknownSizeIsShownToo() throws Exception {
    CountDownLatch seen = new CountDownLatch(1);
    ScriptedUpstream upstream =
        upstream(
            (request, c) -> {
              c.head("HTTP/1.1 200 OK", "Transfer-Encoding: chunked");
              c.chunk("y".repeat(PART));
              seen.await();
              c.lastChunk();
            });
    start(upstream, true);
    RawClient client = client();
    client.request("GET", "/");
    RawResponse head = client.readHead("GET");
    JsonObject shown = awaitListed();
    assertIsOf(shown, "download", upstream);
    assertThat(shown.getValue("totalBytes")).isNull();
    assertThat(shown.getValue("expectedEnd")).isNull();
    seen.countDown();
    assertThat(client.readBody(head).text()).hasSize(PART);
    assertThat(awaitEvent("done").getInteger("bytes")).isEqualTo(PART);
    assertThat(listed()).isEmpty();
  }

  @Test
  void steadyDownloadHasARateAndAnExpectedEnd() throws Exception {
    long total = 1L << 40;
    start(
        upstream(
            (request, c) -> {
              c.head("HTTP/1.1 200 OK", "Content-Length: " + total);
              while (true) {
                c.write("y".repeat(PART));
              }
            }),
        true);
    RawClient client = client();
    client.request("GET", "/");
    CompletableFuture<Void> reading = CompletableFuture.runAsync(() -> drain(client));
    Await.until(
        "a rate and an expected end are told",
        () ->
            events.stream()
                .anyMatch(
                    each ->
                        each.getLong("bytesPerSecond") > 0
                            && each.getString("expectedEnd") != null));
    JsonObject told = awaitEvent("running");
    assertThat(told.getString("direction")).isEqualTo("download");
    assertThat(told.getLong("totalBytes")).isEqualTo(total);
    client.reset();
    reading.join();
    assertThat(awaitEvent("broken").getLong("bytes")).isGreaterThan(MIN);
    Await.until("nothing is listed", () -> listed().isEmpty());
  }

  private static void drain(RawClient client) {
    try {
      client.drain();
    } catch (IOException closed) {
      return;
    }
  }

  @Test
  void smallTransfersAndThoseOfAGatewayThatShallNotTellAreNotShown() throws Exception {
    start(upstream((request, c) -> c.reply(200, "")), false);
    RawClient client = client();
    client.request("POST", "/", "Content-Length: " + WHOLE);
    client.write("x".repeat(PART));
    assertThat(client.isQuietFor(500)).isTrue();
    assertThat(listed()).isEmpty();
    assertThat(events).isEmpty();
    client.write("x".repeat(WHOLE - PART));
    assertThat(client.read().status()).isEqualTo(200);
  }
}
