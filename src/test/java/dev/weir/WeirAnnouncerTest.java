package dev.weir;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class WeirAnnouncerTest {
  private static final long NOW = 1_764_096_000_000L;

  private static void await(Future<?> future) throws Exception {
    future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  @Test
  void eachIsSignedLaterThanTheOneBefore_evenWhenTheClockStands(Vertx vertx) throws Exception {
    List<Long> times = new CopyOnWriteArrayList<>();
    vertx
        .eventBus()
        .<JsonObject>consumer(
            WeirAnnouncer.ADDRESS,
            message -> {
              times.add(message.body().getLong("at"));
              message.reply(new JsonObject().put("inFlight", 0));
            });
    WeirAnnouncer announcer =
        new WeirAnnouncer(vertx, "orders", "10.0.0.7", 80)
            .key("services", Signer.SECRET)
            .clock(() -> NOW);
    await(announcer.start());
    await(announcer.withdraw());
    assertThat(times).containsExactly(NOW, NOW + 1);
  }
}
