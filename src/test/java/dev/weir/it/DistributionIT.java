package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What share of the requests each endpoint gets. */
@Timeout(180)
class DistributionIT extends ScaledSuite {
  private static final int MANY_REQUESTS = 20_000;
  private static final int FEW_REQUESTS = 4_000;
  private static final int CONNECTIONS = 64;
  private static final int ENDPOINTS = 4;

  private final List<ScriptedUpstream> upstreams = new ArrayList<>();

  private GatewayConfig config() throws Exception {
    for (int i = 0; i < ENDPOINTS; i++) {
      upstreams.add(upstream((request, c) -> c.reply(200, "")));
    }
    return GatewayConfig.to(upstreams.toArray(ScriptedUpstream[]::new));
  }

  private void load(int requests) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);
    List<CompletableFuture<Void>> runs = new ArrayList<>();
    for (int i = 0; i < CONNECTIONS; i++) {
      RawClient client = client();
      int share = requests / CONNECTIONS + (i < requests % CONNECTIONS ? 1 : 0);
      runs.add(CompletableFuture.runAsync(() -> request(client, share), threads));
    }
    threads.shutdown();
    assertThat(threads.awaitTermination(150, TimeUnit.SECONDS)).isTrue();
    runs.forEach(CompletableFuture::join);
  }

  private static void request(RawClient client, int times) {
    try {
      for (int i = 0; i < times; i++) {
        assertThat(client.get("/").status()).isEqualTo(200);
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void everyEndpointGetsItsShareOfTheRound() throws Exception {
    int requests = scale() == Scale.PER_EVENT_LOOP ? MANY_REQUESTS : FEW_REQUESTS;
    gateway(config());
    load(requests);
    List<Integer> counts = upstreams.stream().map(ScriptedUpstream::requests).toList();
    assertThat(counts.stream().mapToInt(Integer::intValue).sum()).isEqualTo(requests);
    int fair = requests / ENDPOINTS;
    // Each lane goes its own round, and so is at most one request off at each endpoint.
    int off = scale() == Scale.ONE_EACH ? 0 : scale().eventLoops();
    // It begins another one when a node of a cluster appears.
    off *= scale() == Scale.CLUSTERED ? 2 : 1;
    int least = fair - off;
    int most = fair + off;
    assertThat(counts).allSatisfy(n -> assertThat(n).isBetween(least, most));
  }

  @Test
  void everyEndpointGetsTheShareOfItsWeight() throws Exception {
    GatewayConfig config =
        config()
            .with(
                "/upstreams/main/balancer", new JsonObject().put("policy", "weighted-round-robin"));
    for (int i = 0; i < ENDPOINTS; i++) {
      config.with("/upstreams/main/endpoints/" + i + "/weight", i + 1);
    }
    gateway(config);
    load(FEW_REQUESTS);
    for (int i = 0; i < ENDPOINTS; i++) {
      assertThat(upstreams.get(i).requests())
          .isCloseTo(FEW_REQUESTS * (i + 1) / 10, Percentage.withPercentage(1));
    }
  }
}
