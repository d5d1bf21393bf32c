package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is beyond a limit of the upstream is answered at once, on every lane. */
class BulkheadIT extends ScaledSuite implements AlsoRemote {

  @TempDir Path directory;

  private final CountDownLatch release = new CountDownLatch(1);

  private final Set<String> seen = ConcurrentHashMap.newKeySet();
  private final AtomicInteger held = new AtomicInteger();

  private ScriptedUpstream held() throws IOException {
    return upstream(
        (request, c) -> {
          release.await();
          c.reply(200, "");
        });
  }

  private List<RawClient> ask(int count) throws IOException {
    List<RawClient> clients = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      RawClient client = client();
      client.request("GET", "/");
      clients.add(client);
    }
    return clients;
  }

  private void assertRefused(String detail) throws IOException {
    RawResponse response = client().get("/");
    assertThat(response.status()).isEqualTo(503);
    assertThat(response.flag()).isEqualTo("UO");
    String logged = new LogFile(directory.resolve("access.log")).onlyLine().getString("detail");
    assertThat(logged).isEqualTo(detail);
  }

  private void assertServed(List<RawClient> clients) throws IOException {
    release.countDown();
    for (RawClient client : clients) {
      assertThat(client.read().status()).isEqualTo(200);
    }
    seen.add("/");
    assertThat(client().get("/").status()).isEqualTo(200);
  }

  private GatewayConfig config(ScriptedUpstream... upstreams) {
    return GatewayConfig.to(upstreams).accessLog(directory.resolve("access.log"));
  }

  @Test
  void upstreamHasAllItsRequests() throws Exception {
    ScriptedUpstream one = held();
    ScriptedUpstream other = held();
    Gateway gateway = gateway(config(one, other).with("/upstreams/main/limits/maxRequests", 5));
    List<RawClient> clients = ask(5);
    Await.until("five are in flight", () -> one.requests() + other.requests() == 5);
    assertRefused("limit-requests");
    assertThat(gateway.metrics())
        .containsEntry("weir_limit_refused_total{limit=\"requests\",upstream=\"main\"}", 1.0);
    assertServed(clients);
  }

  @Test
  void endpointHasAllItsRequests() throws Exception {
    ScriptedUpstream upstream = held();
    gateway(config(upstream).with("/upstreams/main/limits/endpointMaxRequests", 2));
    List<RawClient> clients = ask(2);
    Await.until("two are in flight", () -> upstream.requests() == 2);
    assertRefused("limit-requests");
    assertServed(clients);
  }

  @Test
  void tooManyWaitForAConnection() throws Exception {
    ScriptedUpstream upstream = held();
    Gateway gateway =
        gateway(
            config(upstream)
                .with("/upstreams/main/pool/maxConnections", 1)
                .with("/upstreams/main/limits/maxPending", 3));
    List<RawClient> clients = ask(4);
    Await.until(
        "one is served, three wait", () -> upstream.requests() == 1 && waiting(gateway) == 3);
    assertRefused("limit-pending");
    assertServed(clients);
  }

  @Test
  void tooManyWaitForOneEndpoint() throws Exception {
    ScriptedUpstream upstream = held();
    Gateway gateway =
        gateway(
            config(upstream)
                .with("/upstreams/main/pool/maxConnections", 1)
                .with("/upstreams/main/pool/maxPending", 3));
    List<RawClient> clients = ask(4);
    Await.until(
        "one is served, three wait", () -> upstream.requests() == 1 && waiting(gateway) == 3);
    assertRefused("limit-pending");
    assertThat(gateway.metrics())
        .containsEntry(
            "weir_limit_refused_total{limit=\"endpoint-pending\",upstream=\"main\"}", 1.0);
    assertServed(clients);
  }

  /** Fails first tries, and holds those that follow. */
  private ScriptedUpstream failing() throws IOException {
    return upstream(
        (request, c) -> {
          if (seen.add(request.target())) {
            c.reply(503, "");
          } else {
            held.incrementAndGet();
            release.await();
            c.reply(200, "");
          }
        });
  }

  private GatewayConfig retrying(ScriptedUpstream... upstreams) {
    JsonObject retry =
        new JsonObject()
            .put("attempts", 2)
            .put("on", new JsonArray().add("gateway-error"))
            .put("backoff", new JsonObject().put("baseMillis", 0));
    return config(upstreams)
        .with("/upstreams/main/retry", retry)
        .with("/upstreams/main/retryBudget/minRetries", 10);
  }

  private RawClient ask(String target) throws IOException {
    RawClient client = client();
    client.request("GET", target);
    return client;
  }

  @Test
  void upstreamHasAllItsRetries() throws Exception {
    gateway(
        retrying(failing(), failing())
            .with("/upstreams/main/limits/maxRetries", 1)
            .with("/upstreams/main/limits/endpointMaxRetries", 1));
    RawClient first = ask("/first");
    Await.until("its retry is under way", () -> held.get() == 1);
    assertThat(client().get("/second").status()).isEqualTo(503);
    JsonObject logged = new LogFile(directory.resolve("access.log")).onlyLine();
    assertThat(logged.getString("flag")).isEqualTo("UO");
    assertThat(logged.getString("detail")).isEqualTo("retry-budget");
    assertServed(List.of(first));
  }

  @Test
  void endpointHasAllItsRetries() throws Exception {
    Gateway gateway =
        gateway(
            retrying(failing(), failing()).with("/upstreams/main/limits/endpointMaxRetries", 1));
    List<RawClient> waiting = new ArrayList<>();
    RawClient refused = null;
    while (refused == null && waiting.size() < 3) { // Two endpoints hold two retries.
      int before = held.get();
      RawClient client = ask("/" + waiting.size());
      Await.until("it is held or refused", () -> held.get() > before || client.hasInput());
      refused = client.hasInput() ? client : null;
      waiting.add(client);
    }
    assertThat(refused).isNotNull();
    RawResponse response = refused.read();
    assertThat(response.status()).isEqualTo(503);
    assertThat(response.flag()).isEqualTo("UO");
    waiting.remove(refused);
    assertThat(gateway.metrics())
        .hasEntrySatisfying(
            "weir_limit_refused_total{limit=\"endpoint-retries\",upstream=\"main\"}",
            count -> assertThat(count).isPositive());
    assertServed(waiting);
  }

  private static double waiting(Gateway gateway) {
    try {
      return gateway.metrics().entrySet().stream()
          .filter(series -> series.getKey().startsWith("weir_pool_pending"))
          .mapToDouble(series -> series.getValue())
          .sum();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
