package dev.weir.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.bus.Addresses;
import dev.weir.exchange.Exchange;
import dev.weir.node.Endpoint;
import dev.weir.node.Node;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TransferWatchTest {

  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final JsonObject CONFIG =
      new JsonObject(
          "{\"upstreams\": {\"u\": {\"endpoints\": [{\"host\": \"127.0.0.1\", \"port\": 1}]}},"
              + " \"accessLog\": {\"mode\": \"off\"}, \"progress\": {\"minBytes\": 1000}}");

  private final Vertx vertx = Vertx.vertx();
  private final Node node = Node.acquire(vertx, CONFIG);
  private final List<JsonArray> events = new CopyOnWriteArrayList<>();
  private TransferWatch watch;

  @BeforeEach
  void listen() {
    watch = new TransferWatch(vertx, node, 0);
  }

  @AfterEach
  void close() throws Exception {
    node.release();
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  /** Moves on to a time and waits for what is published then. */
  private List<JsonArray> tick(long nanos) throws Exception {
    events.clear();
    var consumer =
        vertx
            .eventBus()
            .<JsonObject>localConsumer(
                Addresses.EVENTS, e -> events.add(e.body().getJsonArray("transfers")));
    watch.tick(nanos);
    // What is published behind all of that arrives behind it.
    vertx.eventBus().publish(Addresses.EVENTS, new JsonObject());
    for (long start = System.nanoTime();
        events.isEmpty() || events.get(events.size() - 1) != null; ) {
      assertThat(System.nanoTime() - start).isLessThan(10 * SECOND);
      Thread.onSpinWait();
    }
    consumer.unregister().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    return List.copyOf(events.subList(0, events.size() - 1));
  }

  private Transfer upload(long bytes, long total) {
    return watch.show(null, exchange(), Direction.UPLOAD, bytes, total);
  }

  private Exchange exchange() {
    Endpoint endpoint = node.snapshot().upstreams().get("u").endpoints().get(0);
    Exchange exchange = new Exchange(null, 0);
    exchange.route("r", "u", false);
    exchange.attempt(endpoint);
    return exchange;
  }

  private JsonObject only(List<JsonArray> published) {
    assertThat(published).hasSize(1);
    assertThat(published.get(0)).hasSize(1);
    return published.get(0).getJsonObject(0);
  }

  @Test
  void minBytes_isThatOfTheConfiguration() {
    assertThat(watch.minBytes()).isEqualTo(1000);
  }

  @Test
  void rateAndEnd_comeFromTheLastInterval() throws Exception {
    watch.tick(SECOND / 2);
    Transfer transfer = upload(1000, 10_000);
    assertThat(only(tick(SECOND)).getLong("bytesPerSecond")).isZero();
    watch.show(transfer, exchange(), Direction.UPLOAD, 4000, 10_000);
    JsonObject told = only(tick(3 * SECOND));
    assertThat(told.getLong("bytes")).isEqualTo(4000);
    assertThat(told.getLong("totalBytes")).isEqualTo(10_000);
    assertThat(told.getLong("bytesPerSecond")).isEqualTo(1500);
    assertThat(told.getString("expectedEnd")).isNotNull();
  }

  @Test
  void events_comeOncePerInterval() throws Exception {
    upload(1000, -1);
    assertThat(tick(SECOND - 1)).isEmpty();
    assertThat(tick(SECOND)).hasSize(1);
    assertThat(tick(2 * SECOND - 1)).isEmpty();
    assertThat(tick(2 * SECOND)).hasSize(1);
  }

  @Test
  void manyTransfers_makeSeveralEvents() throws Exception {
    for (int i = 0; i < 2 * TransferWatch.MAX_IN_EVENT + 1; i++) {
      upload(1000, -1);
    }
    assertThat(tick(SECOND)).extracting(JsonArray::size).containsExactly(100, 100, 1);
    assertThat(Transfers.of(node).toJson()).hasSize(201);
  }

  @Test
  void end_isToldOnce() throws Exception {
    Transfer whole = upload(1000, -1);
    tick(SECOND);
    watch.end(whole, true);
    assertThat(Transfers.of(node).toJson()).isEmpty();
    assertThat(only(tick(2 * SECOND)).getString("state")).isEqualTo("done");
    assertThat(tick(3 * SECOND)).isEmpty();
    watch.end(upload(1000, -1), false);
    assertThat(only(tick(4 * SECOND)).getString("state")).isEqualTo("broken");
  }

  @Test
  void downloadBehindAnUpload_isATransferOfItsOwn() throws Exception {
    Transfer upload = upload(1000, 1000);
    watch.show(upload, exchange(), Direction.DOWNLOAD, 2000, -1);
    JsonArray told = tick(SECOND).get(0);
    assertThat(told.getJsonObject(0).getString("state")).isEqualTo("done");
    assertThat(told.getJsonObject(1).getString("direction")).isEqualTo("download");
    assertThat(Transfers.of(node).toJson()).hasSize(1);
  }
}
