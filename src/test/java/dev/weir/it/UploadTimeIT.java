package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.node.Endpoint;
import dev.weir.node.Node;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The time that a client takes to send is not that of the service. */
class UploadTimeIT extends GatewaySuite {
  private static final long UPLOAD_MILLIS = 1200;

  /** More than any answer takes, also on a machine with other work. */
  private static final long ANSWER_NANOS = TimeUnit.MILLISECONDS.toNanos(UPLOAD_MILLIS / 2);

  /** More than from one look at what is late to the next. */
  private static final long THINK_MILLIS = 250;

  private static void pass(long millis) {
    long begun = System.nanoTime();
    Await.until(
        "it is late", () -> System.nanoTime() - begun > TimeUnit.MILLISECONDS.toNanos(millis));
  }

  /** Sends an upload that takes its time, all of it before the answer is read. */
  private RawResponse upload() throws IOException {
    RawClient client = client();
    client.request("PUT", "/", "Content-Length: 10");
    client.write("01234");
    pass(UPLOAD_MILLIS);
    client.write("56789");
    return client.read();
  }

  /** By which {@code peak-ewma} picks. */
  private static float latency(Gateway gateway) {
    Endpoint endpoint =
        Node.of(gateway.vertx()).snapshot().upstreams().get("main").endpoints().get(0);
    return endpoint.load().latency().nanos(System.nanoTime());
  }

  @Test
  void slowUpload_doesNotMakeTheServiceSlow() throws Exception {
    ScriptedUpstream upstream = upstream((request, c) -> c.reply(200, ""));
    Gateway gateway = gateway(GatewayConfig.to(upstream));
    assertThat(upload().status()).isEqualTo(200);
    assertThat(latency(gateway)).isPositive().isLessThan(ANSWER_NANOS);
    Map<String, Double> metrics = gateway.metrics();
    assertThat(metrics.get("weir_upstream_first_byte_seconds_count{upstream=\"main\"}")).isOne();
    assertThat(metrics.get("weir_upstream_first_byte_seconds_sum{upstream=\"main\"}"))
        .isLessThan(ANSWER_NANOS / 1e9);
  }

  private static GatewayConfig impatient(GatewayConfig config) {
    return config.with("/upstreams/main/retry/perTryTimeoutMillis", UPLOAD_MILLIS - 100);
  }

  @Test
  void slowUpload_doesNotEndTheTry() throws Exception {
    ScriptedUpstream upstream =
        upstream(
            (request, c) -> {
              pass(THINK_MILLIS);
              c.reply(200, "");
            });
    gateway(impatient(GatewayConfig.to(upstream)));
    assertThat(upload().status()).isEqualTo(200);
  }

  @Test
  void slowUploadOnTheBus_doesNotEndTheTry() throws Exception {
    GatewayConfig config =
        GatewayConfig.to(new int[0]).with("/upstreams/main", new JsonObject().put("bus", "slow"));
    Gateway gateway = gateway(impatient(config));
    MessageConsumer<Object> service =
        gateway
            .vertx()
            .eventBus()
            .localConsumer(
                "slow",
                message -> gateway.vertx().setTimer(THINK_MILLIS, late -> message.reply("ok")));
    try {
      assertThat(upload().status()).isEqualTo(200);
    } finally {
      Await.result(service.unregister()); // The Vert.x may outlive the test.
    }
  }

  @Test
  void answerBeforeTheEndOfTheUpload_saysNothingAboutTheService() throws Exception {
    ScriptedUpstream upstream =
        scripted(
            connection -> {
              connection.requestHead();
              pass(UPLOAD_MILLIS);
              connection.reply(200, "");
            });
    Gateway gateway = gateway(GatewayConfig.to(upstream));
    RawClient client = client();
    client.request("PUT", "/", "Content-Length: 10");
    client.write("01234");
    assertThat(client.read().status()).isEqualTo(200);
    assertThat(latency(gateway)).isZero();
  }

  @Test
  void serviceThatIsSlowAfterTheUpload_isSlow() throws Exception {
    ScriptedUpstream upstream =
        upstream(
            (request, c) -> {
              pass(UPLOAD_MILLIS);
              c.reply(200, "");
            });
    Gateway gateway = gateway(GatewayConfig.to(upstream));
    RawClient client = client();
    client.request("PUT", "/", "Content-Length: 1");
    client.write("0");
    assertThat(client.read().status()).isEqualTo(200);
    assertThat(latency(gateway)).isGreaterThan(ANSWER_NANOS);
  }
}
