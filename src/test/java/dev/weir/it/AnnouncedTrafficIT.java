package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.WeirAnnouncer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.DoubleSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What holds for endpoints of the configuration holds for those that announce themselves. */
class AnnouncedTrafficIT extends GatewaySuite {
  private static final int REQUESTS = 600;
  private static final int SAME = 10;

  /** So many measurements in a row are to agree: shares swing before they settle. */
  private static final int SETTLED = 10;

  private final List<WeirAnnouncer> announcers = new ArrayList<>();

  private static GatewayConfig config() {
    JsonObject announce = new JsonObject().put("hosts", new JsonArray().add("127.0.0.1"));
    return GatewayConfig.to(new int[0]).with("/upstreams/main/announce", announce);
  }

  private WeirAnnouncer announce(Gateway gateway, ScriptedUpstream service) {
    WeirAnnouncer announcer =
        new WeirAnnouncer(gateway.vertx(), "main", "127.0.0.1", service.port()).ttlMillis(1000);
    announcers.add(announcer);
    return announcer;
  }

  @AfterEach
  void withdraw() {
    announcers.forEach(announcer -> Await.result(announcer.withdraw()));
  }

  /** Answers probes and requests with a status each, and with its name. */
  private ScriptedUpstream service(String name, AtomicInteger health, AtomicInteger status)
      throws IOException {
    return upstream(
        (request, c) -> {
          boolean probe = request.target().equals("/health");
          c.reply((probe ? health : status).get(), name);
        });
  }

  @Test
  void announcedEndpointThatFailsItsProbes_isLeftOutUntilItRecovers() throws Exception {
    AtomicInteger health = new AtomicInteger(200);
    AtomicInteger well = new AtomicInteger(200);
    JsonObject active = new JsonObject().put("path", "/health").put("intervalMillis", 20);
    Gateway gateway =
        gateway(
            config()
                .with("/upstreams/main/balancer/panicPercent", 0)
                .with(
                    "/upstreams/main/health",
                    new JsonObject()
                        .put("mode", "active")
                        .put("active", active.put("rise", 2).put("fall", 2))));
    Await.result(announce(gateway, service("a", health, well)).start());
    Await.result(announce(gateway, service("b", well, well)).start());
    RawClient client = client();
    awaitAnswering(client, "a", "b");
    health.set(503);
    awaitAnswering(client, "b");
    health.set(200);
    awaitAnswering(client, "a", "b");
  }

  @Test
  void announcedEndpointThatFails_isEjected() throws Exception {
    AtomicInteger well = new AtomicInteger(200);
    AtomicInteger status = new AtomicInteger(200);
    Gateway gateway =
        gateway(
            config()
                .with(
                    "/upstreams/main/outlier", new JsonObject().put("baseEjectionMillis", 300_000))
                .with("/upstreams/main/outlier/maxEjectedPercent", 50));
    ScriptedUpstream sick = service("a", well, status);
    Await.result(announce(gateway, sick).start());
    Await.result(announce(gateway, service("b", well, well)).start());
    RawClient client = client();
    awaitAnswering(client, "a", "b");
    status.set(500);
    awaitAnswering(client, "b");
    Operated operated = Operated.listen(gateway);
    JsonArray shown = operated.command("upstream.show").getJsonArray("endpoints");
    for (int i = 0; i < shown.size(); i++) {
      JsonObject endpoint = shown.getJsonObject(i);
      boolean isSick = endpoint.getString("endpoint").equals("127.0.0.1:" + sick.port());
      assertThat(endpoint.getBoolean("ejected")).isEqualTo(isSick);
      assertThat(endpoint.getString("source")).isEqualTo("announced");
    }
  }

  /**
   * Two services that can do the same, then one of them three times as much, so that it is a third
   * as busy with the same traffic: it gets half, then three quarters of the requests, to within
   * {@value #SAME} of a hundred.
   */
  @Test
  void trafficFollowsWhatServicesReport() throws Exception {
    Gateway gateway =
        gateway(
            config()
                .with("/upstreams/main/balancer/policy", "reported-load")
                .with("/upstreams/main/balancer/reportedLoad/expiryMillis", 60_000));
    ScriptedUpstream weak = upstream((request, c) -> c.reply(200, "weak"));
    ScriptedUpstream strong = upstream((request, c) -> c.reply(200, "strong"));
    AtomicInteger percentOfWeak = new AtomicInteger(50);
    AtomicReference<Double> ability = new AtomicReference<>(100d);
    Await.result(reporting(gateway, weak, () -> percentOfWeak.get() / 100d).start());
    Await.result(
        reporting(gateway, strong, () -> (100 - percentOfWeak.get()) / ability.get()).start());
    RawClient client = client();
    assertThat(weakPercent(client)).isCloseTo(50, within(SAME));
    ability.set(300d);
    AtomicInteger held = new AtomicInteger();
    Await.until(
        () -> "a quarter for the weak one, not " + percentOfWeak,
        () -> {
          percentOfWeak.set(weakPercent(client));
          boolean close = Math.abs(percentOfWeak.get() - 25) <= SAME;
          return (close ? held.incrementAndGet() : held.getAndSet(0)) == SETTLED;
        },
        Await.PATIENCE.multipliedBy(3));
  }

  private WeirAnnouncer reporting(
      Gateway gateway, ScriptedUpstream service, DoubleSupplier utilization) {
    return announce(gateway, service)
        .load(() -> new JsonObject().put("utilization", utilization.getAsDouble()));
  }

  private static int weakPercent(RawClient client) {
    long weak =
        IntStream.range(0, REQUESTS)
            .filter(
                i -> {
                  try {
                    return client.get("/").text().equals("weak");
                  } catch (IOException e) {
                    throw new UncheckedIOException(e);
                  }
                })
            .count();
    return (int) (weak * 100 / REQUESTS);
  }
}
