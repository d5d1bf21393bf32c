package dev.weir.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpHeaders;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** An exchange that is on its way for too long is given up, or goes on: one of the two. */
class HandoverTest {
  private static final int RACES = 2_000;

  private final FakeClient client = new FakeClient();
  private final Exchange exchange = client.exchange("main", HttpHeaders.headers());

  @Test
  void givenUp_isAnsweredOnceAndTakenByNobody() {
    assertThat(exchange.isOnItsWay()).isTrue();
    exchange.giveUp();
    assertThat(exchange.flag()).isEqualTo(Flag.DR);
    assertThat(exchange.isCancelled()).isTrue();
    exchange.endCancelled();
    LocalReply.send(exchange, Flag.UH, null);
    LocalReply.retryAfter(exchange, Flag.CB, 1);
    assertThat(client.answers()).containsExactly(503);
    assertThat(exchange.flag()).isEqualTo(Flag.DR);
  }

  @Test
  void nextTryIsOnItsWayAgain() {
    exchange.work(why -> {});
    assertThat(exchange.isOnItsWay()).isFalse();
    exchange.work(null);
    assertThat(exchange.isOnItsWay()).isTrue();
    exchange.end();
    assertThat(exchange.isOnItsWay()).isFalse();
  }

  @Test
  void takenWhileItIsGivenUp_isAnsweredOnce() throws Exception {
    CyclicBarrier start = new CyclicBarrier(2);
    AtomicInteger round = new AtomicInteger();
    for (int i = 0; i < RACES; i++) {
      FakeClient racing = new FakeClient();
      Exchange contested = racing.exchange("main", HttpHeaders.headers());
      CompletableFuture<Void> taken = CompletableFuture.runAsync(() -> take(contested, start));
      start.await(10, TimeUnit.SECONDS);
      contested.giveUp();
      taken.get(10, TimeUnit.SECONDS);
      assertThat(racing.answers()).as("race %s", round.incrementAndGet()).hasSize(1);
    }
  }

  /** As an attempt does it: one that was told to stop sends nothing. */
  private static void take(Exchange exchange, CyclicBarrier start) {
    try {
      start.await(10, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    exchange.work(exchange::endCancelled);
  }
}
