package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A service that fails everything gets little more than what the clients send. */
class RetryStormIT extends ScaledSuite {
  private static final int CLIENTS = 64;
  private static final int REQUESTS_EACH = 150;

  /** Long enough that the clients' requests are in flight together. */
  private static final int SERVICE_MILLIS = 20;

  private static final double MOST = 1.2;

  private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();

  @ParameterizedTest
  @ValueSource(ints = {0, 25})
  void everyTryFails_theBudgetBoundsWhatTheServiceSees(int baseMillis) throws Exception {
    ScriptedUpstream one = upstream(RetryStormIT::fail);
    ScriptedUpstream other = upstream(RetryStormIT::fail);
    JsonObject retry =
        new JsonObject()
            .put("attempts", 4)
            .put("on", new JsonArray().add("gateway-error"))
            .put("backoff", new JsonObject().put("baseMillis", baseMillis));
    Gateway gateway =
        gateway(
            GatewayConfig.to(one, other)
                .with("/upstreams/main/retry", retry)
                // The share alone: a few retries in any case weigh much when the last clients end.
                .with("/upstreams/main/retryBudget/minRetries", 0));
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      threads.add(new Thread(() -> ask(gateway.port())));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(failures).isEmpty();
    double amplification = (double) (one.requests() + other.requests()) / (CLIENTS * REQUESTS_EACH);
    assertThat(amplification)
        .as("tries for each request")
        .isGreaterThan(1)
        .isLessThanOrEqualTo(MOST);
    assertThat(gateway.metrics())
        .hasEntrySatisfying(
            "weir_retries_refused_total{reason=\"budget\",upstream=\"main\"}",
            refused -> assertThat(refused).isPositive());
  }

  private static void fail(RawRequest request, UpstreamConnection c) throws IOException {
    if (c.isQuietFor(SERVICE_MILLIS)) {
      c.reply(503, "broken");
    }
  }

  private void ask(int port) {
    try (RawClient client = RawClient.connect(port)) {
      for (int i = 0; i < REQUESTS_EACH; i++) {
        assertThat(client.get("/").status()).isEqualTo(503);
      }
    } catch (Exception | AssertionError e) {
      failures.add(e);
    }
  }
}
