package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import java.io.IOException;
import java.net.ConnectException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** A gateway that is told to go finishes what it began and takes nothing new. */
class DrainIT extends ScaledSuite implements AlsoRemote {
  private static final int CONNECTIONS = 64;

  @Test
  void nothingFailsUnderLoad() throws Exception {
    ScriptedUpstream upstream = upstream((request, c) -> c.reply(200, request.target()));
    Gateway gateway = gateway(upstream);
    try (SteadyLoad load = SteadyLoad.start(gateway.port(), CONNECTIONS)) {
      load.awaitRequests(5_000);
      Await.result(gateway.undeploy(), Await.PATIENCE);
      load.awaitEnd();
      assertThat(load.failures()).isEmpty();
      assertThat(load.refused()).isPositive();
      assertThat(load.told()).as("connections that were told to close").isPositive();
    }
  }

  @Test
  void requestInFlightFinishes() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    ScriptedUpstream upstream =
        upstream(
            (request, c) -> {
              release.await();
              c.reply(200, "finished");
            });
    Gateway gateway = gateway(upstream);
    RawClient client = client();
    client.request("GET", "/");
    upstream.take();
    Future<Void> drained = gateway.undeploy();
    Await.until("nobody is let in any more", () -> isRefused(gateway.port()));
    assertThat(drained.isComplete()).isFalse();
    release.countDown();
    RawResponse response = client.read();
    assertThat(response.text()).isEqualTo("finished");
    assertThat(response.headers().elements("connection")).contains("close");
    client.expectClosed();
    Await.result(drained);
  }

  private static boolean isRefused(int port) {
    try (RawClient client = RawClient.connect(port)) {
      return client.isClosedByNow();
    } catch (ConnectException e) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void downloadInFlightFinishesWhole() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    ScriptedUpstream upstream =
        upstream(
            (request, c) -> {
              c.head("HTTP/1.1 200 OK", "Transfer-Encoding: chunked");
              c.chunk("before ");
              release.await();
              c.chunk("after");
              c.lastChunk();
            });
    Gateway gateway = gateway(upstream);
    RawClient client = client();
    client.request("GET", "/");
    RawResponse head = client.readHead("GET");
    assertThat(new String(client.body().chunk())).isEqualTo("before ");
    Future<Void> drained = gateway.undeploy();
    Await.until("nobody is let in any more", () -> isRefused(gateway.port()));
    release.countDown();
    assertThat(client.readBody(head).text()).isEqualTo("after");
    client.expectClosed();
    Await.result(drained);
  }

  @Test
  void whatIsNotFinishedAtTheDeadlineIsCut() throws Exception {
    ScriptedUpstream upstream =
        scripted(
            c -> {
              c.request();
              c.drain();
            });
    Gateway gateway = gateway(GatewayConfig.to(upstream).with("/drain/deadlineMillis", 300));
    RawClient client = client();
    client.request("GET", "/");
    upstream.take();
    Await.result(gateway.undeploy());
    assertThatThrownBy(() -> assertServed(client)).isInstanceOf(Throwable.class);
    Await.until("the upstream is let go", () -> upstream.openConnections() == 0);
  }

  private static void assertServed(RawClient client) throws Exception {
    assertThat(client.read().status()).isEqualTo(200);
  }

  @Test
  void idleConnectionIsUsableForAMomentAndThenClosed() throws Exception {
    ScriptedUpstream upstream = upstream((request, c) -> c.reply(200, ""));
    Gateway gateway = gateway(GatewayConfig.to(upstream).with("/drain/idleGraceMillis", 1_000));
    RawClient busy = client();
    RawClient idle = client();
    busy.get("/");
    idle.get("/");
    Future<Void> drained = gateway.undeploy();
    Await.until("nobody is let in any more", () -> isRefused(gateway.port()));
    RawResponse last = busy.get("/");
    assertThat(last.status()).isEqualTo(200);
    assertThat(last.headers().elements("connection")).contains("close");
    busy.expectClosed();
    idle.expectClosed();
    Await.result(drained);
  }

  @Test
  void readinessEndsAtOnce() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    ScriptedUpstream upstream =
        upstream(
            (request, c) -> {
              release.await();
              c.reply(200, "");
            });
    Gateway gateway = gateway(upstream);
    assertThat(gateway.admin("/ready").status()).isEqualTo(200);
    RawClient client = client();
    client.request("GET", "/");
    upstream.take();
    Future<Void> drained = gateway.undeploy();
    Await.until("ready turns false", () -> gateway.adminStatus("/ready") == 503);
    assertThat(gateway.adminStatus("/live")).isEqualTo(200);
    release.countDown();
    assertThat(client.read().status()).isEqualTo(200);
    Await.result(drained);
  }

  @Test
  void clientThatDoesNotReadIsCutAtTheDeadline() throws Exception {
    ScriptedUpstream upstream =
        upstream(
            (request, c) -> {
              c.head("HTTP/1.1 200 OK", "Content-Length: " + (192 << 20));
              c.write(new byte[192 << 20]);
            });
    Gateway gateway = gateway(GatewayConfig.to(upstream).with("/drain/deadlineMillis", 300));
    RawClient client = clientWithSmallBuffer();
    client.request("GET", "/");
    RawResponse head = client.readHead("GET");
    Await.result(gateway.undeploy());
    assertThatThrownBy(() -> client.readBody(head)).isInstanceOf(TruncatedException.class);
  }

  @Test
  void pipelinedRequestsThatHaveArrivedAreAnswered() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    ScriptedUpstream upstream =
        upstream(
            (request, c) -> {
              release.await();
              c.reply(200, request.target());
            });
    Gateway gateway = gateway(upstream);
    RawClient client = client();
    String next = " HTTP/1.1\r\nHost: weir.test\r\n\r\n";
    client.write("GET /1" + next + "GET /2" + next + "GET /3" + next);
    upstream.take();
    Future<Void> drained = gateway.undeploy();
    Await.until("nobody is let in any more", () -> isRefused(gateway.port()));
    release.countDown();
    for (int i = 1; i <= 3; i++) {
      RawResponse response = client.read();
      assertThat(response.text()).isEqualTo("/" + i);
      assertThat(response.headers().elements("connection").contains("close")).isEqualTo(i == 3);
    }
    client.expectClosed();
    Await.result(drained);
  }

  @Test
  void requestThatIsArrivingIsServed() throws Exception {
    ScriptedUpstream upstream = upstream((request, c) -> c.reply(200, "served"));
    Gateway gateway = gateway(GatewayConfig.to(upstream).with("/drain/idleGraceMillis", 0));
    RawClient client = client();
    client.get("/");
    RawClient idle = client();
    idle.get("/");
    client.write("GET / HTTP/1.1\r\nHost: weir");
    assertThat(client().get("/").status()).isEqualTo(200); // What was sent before has arrived.
    Future<Void> drained = gateway.undeploy();
    idle.expectClosed();
    client.write(".test\r\n\r\n");
    assertThat(client.read().text()).isEqualTo("served");
    client.expectClosed();
    Await.result(drained);
  }
}
