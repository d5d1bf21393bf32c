package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A slow answer is overtaken by that of another endpoint. */
class HedgeIT extends ScaledSuite implements AlsoRemote {

  private static final int DELAY_MILLIS = 100;

  /** An answer at once is not as late as that, on a machine with other work either. */
  private static final int LONG_DELAY_MILLIS = 1000;

  private final AtomicInteger tries = new AtomicInteger();
  private final CountDownLatch release = new CountDownLatch(1);
  private ScriptedUpstream one;
  private ScriptedUpstream other;
  private Gateway gateway;

  /** Whichever endpoint is asked first does this, the other ones that. */
  private void start(ScriptedUpstream.Answer first, ScriptedUpstream.Answer second)
      throws IOException {
    start(first, second, DELAY_MILLIS, new JsonObject());
  }

  private void start(
      ScriptedUpstream.Answer first,
      ScriptedUpstream.Answer second,
      int delayMillis,
      JsonObject budget)
      throws IOException {
    ScriptedUpstream.Answer answer =
        (request, c) -> (tries.incrementAndGet() == 1 ? first : second).to(request, c);
    one = upstream(answer);
    other = upstream(answer);
    JsonObject hedge = new JsonObject().put("delayMillis", delayMillis);
    gateway =
        gateway(
            GatewayConfig.to(one, other)
                .with("/upstreams/main/retry", new JsonObject().put("hedge", hedge))
                .with("/upstreams/main/retryBudget", budget));
  }

  private void assertHedges(int sent, int won, int lost) throws IOException {
    Map<String, Double> metrics = gateway.metrics();
    assertThat(metrics.getOrDefault(series("sent"), 0.0)).isEqualTo(sent);
    assertThat(metrics.getOrDefault(series("won"), 0.0)).isEqualTo(won);
    assertThat(metrics.getOrDefault(series("lost"), 0.0)).isEqualTo(lost);
  }

  private static String series(String result) {
    return "weir_hedges_total{result=\"" + result + "\",upstream=\"main\"}";
  }

  @Test
  void firstIsSlow_theSecondWinsAndTheFirstIsCancelled() throws Exception {
    start(
        (request, c) -> c.drain(),
        (request, c) -> c.reply(200, "second"),
        LONG_DELAY_MILLIS,
        new JsonObject());
    RawClient client = client();
    assertThat(client.get("/").text()).isEqualTo("second");
    assertHedges(1, 1, 0);
    Await.until("the loser is cut", () -> one.openConnections() + other.openConnections() == 1);
    assertThat(client.get("/").text()).isEqualTo("second");
    assertThat(tries.get()).isEqualTo(3);
  }

  @Test
  void firstAnswersAfterAll_theSecondIsCancelled() throws Exception {
    start(
        (request, c) -> {
          release.await();
          c.reply(200, "first");
        },
        (request, c) -> {
          release.countDown();
          c.drain();
        });
    assertThat(client().get("/").text()).isEqualTo("first");
    assertHedges(1, 0, 1);
    Await.until("the loser is cut", () -> one.openConnections() + other.openConnections() == 1);
  }

  @Test
  void slowerThanNearlyAllOthers_isHedgedWithoutADelayThatIsSet() throws Exception {
    ScriptedUpstream.Answer answer =
        (request, c) -> {
          if (request.target().equals("/slow") && tries.incrementAndGet() == 1) {
            c.drain();
          } else {
            c.reply(200, request.target());
          }
        };
    one = upstream(answer);
    other = upstream(answer);
    JsonObject hedge = new JsonObject().put("percentile", 99);
    gateway =
        gateway(
            GatewayConfig.to(one, other)
                .with("/upstreams/main/retry", new JsonObject().put("hedge", hedge)));
    for (int i = 0; i < 8; i++) { // Enough on every event loop to know what is usual.
      RawClient client = client();
      for (int k = 0; k < 50; k++) {
        assertThat(client.get("/fast").status()).isEqualTo(200);
      }
    }
    assertThat(client().get("/slow").text()).isEqualTo("/slow");
    assertThat(tries.get()).isEqualTo(2);
    assertThat(gateway.metrics())
        .hasEntrySatisfying(series("won"), won -> assertThat(won).isPositive());
  }

  @Test
  void firstIsFast_thereIsNoSecond() throws Exception {
    start(
        (request, c) -> c.reply(200, "first"),
        (request, c) -> c.reply(200, "next"),
        LONG_DELAY_MILLIS,
        new JsonObject());
    RawClient client = client();
    for (int i = 0; i < 20; i++) {
      assertThat(client.get("/").status()).isEqualTo(200);
    }
    assertThat(tries.get()).isEqualTo(20);
    assertHedges(0, 0, 0);
  }

  @Test
  void secondFails_theFirstGoesOn() throws Exception {
    start(
        (request, c) -> {
          release.await();
          c.reply(200, "first");
        },
        (request, c) -> {
          c.reset();
          release.countDown();
        });
    assertThat(client().get("/").text()).isEqualTo("first");
    assertHedges(1, 0, 1);
  }

  @Test
  void secondHasABadAnswer_theFirstGoesOn() throws Exception {
    start(
        (request, c) -> {
          release.await();
          c.reply(200, "first");
        },
        (request, c) -> {
          c.reply(500, "second");
          release.countDown();
        });
    assertThat(client().get("/").text()).isEqualTo("first");
  }

  @Test
  void secondHasABadAnswerAndIsGoing_itsConnectionIsNotKept() throws Exception {
    AtomicBoolean closed = new AtomicBoolean();
    start(
        (request, c) -> {
          release.await();
          c.reply(200, "first");
        },
        (request, c) -> {
          c.reply(503, "", "Connection: close");
          c.expectClosed();
          closed.set(true);
        });
    RawClient client = client();
    client.request("GET", "/");
    Await.until("the gateway has closed it", closed::get);
    release.countDown();
    assertThat(client.read().text()).isEqualTo("first");
  }

  @Test
  void firstFails_theSecondGoesOn() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    start(
        (request, c) -> {
          begun.await();
          c.reset();
          release.countDown();
        },
        (request, c) -> {
          begun.countDown();
          release.await();
          c.reply(200, "second");
        });
    assertThat(client().get("/").text()).isEqualTo("second");
    assertHedges(1, 1, 0);
  }

  @Test
  void bothFail_theClientIsTold() throws Exception {
    ScriptedUpstream.Answer fail =
        (request, c) -> {
          if (tries.get() == 2) {
            release.countDown();
          }
          release.await();
          c.reset();
        };
    start(fail, fail);
    RawResponse response = client().get("/");
    assertThat(response.status()).isEqualTo(502);
    assertThat(response.flag()).isEqualTo("UF");
  }

  @Test
  void clientLeaves_bothAreCancelled() throws Exception {
    start((request, c) -> c.drain(), (request, c) -> c.drain());
    RawClient client = client();
    client.request("GET", "/");
    Await.until("both are asked", () -> tries.get() == 2);
    client.close();
    Await.until("both are cut", () -> one.openConnections() + other.openConnections() == 0);
  }

  @Test
  void bodyOrMethodForbidsIt_thereIsNoSecond() throws Exception {
    start(
        (request, c) -> {
          assertThat(c.isQuietFor(400)).isTrue();
          c.reply(200, "first");
        },
        (request, c) -> c.reply(200, "second"));
    RawClient client = client();
    client.request("PUT", "/", "Content-Length: 3");
    client.write("abc");
    assertThat(client.read().text()).isEqualTo("first");
    tries.set(0);
    assertThat(client.call("POST", "/").text()).isEqualTo("first");
    assertHedges(0, 0, 0);
  }

  @Test
  void noBudget_thereIsNoSecond() throws Exception {
    start(
        (request, c) -> {
          assertThat(c.isQuietFor(400)).isTrue();
          c.reply(200, "first");
        },
        (request, c) -> c.reply(200, "second"),
        DELAY_MILLIS,
        new JsonObject().put("minRetries", 0));
    assertThat(client().get("/").text()).isEqualTo("first");
    assertThat(gateway.metrics()).containsEntry(series("refused"), 1.0);
  }
}
