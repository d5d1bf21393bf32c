package dev.weir.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NodeTest {

  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void close() throws Exception {
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  @Test
  void timersOfItsRoles_outliveHttpClients() throws Exception {
    Node node = Node.acquire(vertx, new JsonObject());
    long first = vertx.setPeriodic(TimeUnit.HOURS.toMillis(1), tick -> {});
    PoolOptions withoutTimer = new PoolOptions().setCleanerPeriod(0);
    vertx
        .createHttpClient(new HttpClientOptions(), withoutTimer)
        .close()
        .await(10, TimeUnit.SECONDS);
    assertThat(vertx.cancelTimer(first)).as("it still ran").isTrue();
    node.release().await(10, TimeUnit.SECONDS);
  }
}
