package dev.weir.protection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.circuitbreaker.OpenCircuitException;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Where Vert.x is not clustered there is no map, as if it were broken. */
@ExtendWith(VertxExtension.class)
class MapClaimsTest {

  @Test
  void mapThatDoesNotWork_isLeftAlone(Vertx vertx) throws Exception {
    BlockingQueue<JsonObject> dashboard = new LinkedBlockingQueue<>();
    vertx
        .eventBus()
        .<JsonObject>consumer(Announcer.NOTIFICATIONS, message -> dashboard.add(message.body()))
        .completion()
        .await(10, TimeUnit.SECONDS);
    MapClaims claims = new MapClaims(vertx, "node", null);
    for (int i = 0; i < MapClaims.MAX_FAILURES; i++) {
      assertThatThrownBy(() -> take(claims)).isNotInstanceOf(OpenCircuitException.class);
    }
    assertThatThrownBy(() -> take(claims)).isInstanceOf(OpenCircuitException.class);
    JsonObject told;
    do {
      told = dashboard.poll(10, TimeUnit.SECONDS);
      assertThat(told).as("it is told that it is open").isNotNull();
      assertThat(told.getString("name")).isEqualTo("weir/trials");
    } while (!told.getString("state").equals("OPEN"));
  }

  private static void take(MapClaims claims) throws Exception {
    claims.take("main", 1000).await(10, TimeUnit.SECONDS);
  }
}
