package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Pool and pending limits: what is over them is refused at once or after a known time. */
class LimitsIT extends ScaledSuite implements AlsoRemote {
  private static final int CLIENTS = 12;
  private static final String POOL = "/upstreams/main/pool/";

  private List<RawClient> waitingClients() throws Exception {
    List<RawClient> clients = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      RawClient client = client();
      client.request("GET", "/" + i);
      clients.add(client);
    }
    return clients;
  }

  private static void awaitAnswered(List<RawClient> clients, int least) {
    Await.until(
        "at least " + least + " of the clients are answered",
        () -> clients.stream().filter(RawClient::hasInput).count() >= least);
  }

  @Test
  void requestsOverTheLimitsAreRefusedAtOnceAndTheOthersServed() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    ScriptedUpstream upstream =
        upstream(
            (request, c) -> {
              release.await();
              c.reply(200, request.target());
            });
    int lanes = scale().upstreamLanes();
    gateway(
        GatewayConfig.to(upstream)
            .with(POOL + "maxConnections", lanes)
            .with(POOL + "maxPending", lanes));
    List<RawClient> clients = waitingClients();
    int mostServed = 2 * lanes;
    awaitAnswered(clients, CLIENTS - mostServed);
    release.countDown();
    List<Integer> statuses = new ArrayList<>();
    for (RawClient client : clients) {
      RawResponse response = client.read();
      assertThat(response.flag()).isEqualTo(response.status() == 200 ? null : "UO");
      statuses.add(response.status());
    }
    assertThat(statuses).containsOnly(200, 503);
    assertThat(statuses.stream().filter(s -> s == 200).count())
        .isBetween(lanes + 1L, (long) mostServed); // Two that come at once may both be refused.
    Await.until("a lane lends but none adds", () -> upstream.openConnections() <= lanes);
  }

  @Test
  void requestThatWaitsTooLongForAConnectionIsRefused() throws Exception {
    ScriptedUpstream upstream =
        scripted(
            c -> {
              c.request();
              c.drain();
            });
    gateway(
        GatewayConfig.to(upstream)
            .with(POOL + "maxConnections", 1)
            .with(POOL + "pendingTimeoutMillis", 200));
    List<RawClient> clients = waitingClients();
    awaitAnswered(clients, CLIENTS - scale().upstreamLanes());
    for (RawClient client : clients) {
      if (client.hasInput()) {
        RawResponse response = client.read();
        assertThat(response.status()).isEqualTo(503);
        assertThat(response.flag()).isEqualTo("UO");
      }
    }
  }
}
