package dev.weir.protection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.config.CircuitBreakerConfig;
import dev.weir.config.ObjectReader;
import dev.weir.resilience.Permit;
import io.vertx.circuitbreaker.CircuitBreaker;
import io.vertx.circuitbreaker.CircuitBreakerOptions;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What the gateway tells of its breakers looks like what vertx-circuit-breaker tells of its own.
 */
@ExtendWith(VertxExtension.class)
class NotificationTest {

  private static JsonObject ours() {
    CircuitBreakerConfig config = ObjectReader.parse(new JsonObject(), CircuitBreakerConfig::read);
    var breaker = new dev.weir.resilience.CircuitBreaker(config, () -> 0, change -> {}, 0);
    Permit permit = breaker.acquire(0);
    for (int i = 0; i < 5; i++) {
      permit.answered(true, 0, 0);
    }
    return new BreakerView("orders", null, breaker, config).toNotification("local", 0);
  }

  @Test
  void fieldsAndTheirTypesAreTheSame(Vertx vertx) throws Exception {
    BlockingQueue<JsonObject> theirs = new LinkedBlockingQueue<>();
    vertx
        .eventBus()
        .<JsonObject>consumer(Announcer.NOTIFICATIONS, message -> theirs.add(message.body()))
        .completion()
        .await(10, TimeUnit.SECONDS);
    CircuitBreakerOptions options =
        new CircuitBreakerOptions().setNotificationAddress(Announcer.NOTIFICATIONS);
    CircuitBreaker breaker = CircuitBreaker.create("orders", vertx, options);
    JsonObject notification = theirs.poll(10, TimeUnit.SECONDS);
    breaker.close();
    JsonObject ours = ours();
    assertThat(ours.fieldNames()).containsExactlyInAnyOrderElementsOf(notification.fieldNames());
    for (String field : notification.fieldNames()) {
      Class<?> type = notification.getValue(field) instanceof Number ? Number.class : Object.class;
      assertThat(ours.getValue(field)).as(field).isInstanceOf(type);
    }
    assertThat(ours.getString("state")).isEqualTo("OPEN");
    assertThat(ours.getJsonObject("totalLatency").fieldNames())
        .isEqualTo(notification.getJsonObject("totalLatency").fieldNames());
  }
}
