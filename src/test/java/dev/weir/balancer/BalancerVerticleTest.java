package dev.weir.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.bus.Role;
import dev.weir.exchange.Exchange;
import dev.weir.exchange.ExchangeSender;
import dev.weir.exchange.FakeClient;
import dev.weir.exchange.Flag;
import dev.weir.node.Node;
import dev.weir.protection.Protection;
import dev.weir.resilience.CircuitBreaker;
import dev.weir.resilience.State;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.impl.headers.HeadersAdaptor;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What changes while a balancer is at an exchange. */
@ExtendWith(VertxExtension.class)
class BalancerVerticleTest {
  private static final String UPSTREAM =
      """
      {"endpoints": [{"host": "127.0.0.1", "port": 1}],
       "balancer": {"policy": "hash", "hash": {"on": "header", "name": "key"}},
       "circuitBreaker": {"scope": "endpoint"}}""";

  private Vertx vertx;
  private Node node;

  @BeforeEach
  void deploy(Vertx started) throws Exception {
    vertx = started;
    JsonObject config =
        new JsonObject()
            .put("upstreams", new JsonObject().put("main", new JsonObject(UPSTREAM)))
            .put("accessLog", new JsonObject().put("mode", "off"));
    vertx
        .deployVerticle(new BalancerVerticle(), new DeploymentOptions().setConfig(config))
        .toCompletionStage()
        .toCompletableFuture()
        .get(10, TimeUnit.SECONDS);
    node = Node.of(vertx);
  }

  /** Fields that are read once in each pick, which opens the breaker at first, then closes it. */
  private MultiMap flippingTheBreaker() {
    CircuitBreaker breaker = Protection.of(vertx, node).guard("main").breakers().get(0).breaker();
    return new HeadersAdaptor(new DefaultHttpHeaders()) {
      private State next = State.FORCED_OPEN;

      @Override
      public String get(String name) {
        breaker.force(next, System.nanoTime());
        next = State.CLOSED;
        return "key";
      }
    };
  }

  @Test
  void breakerThatClosesOnceItHasRefused_endpointIsNotThereAllTheSame() throws Exception {
    FakeClient client = new FakeClient();
    new ExchangeSender(vertx, node.lanes(), Role.BALANCER, 0)
        .send(client.exchange("main", flippingTheBreaker()));
    Exchange ended = client.ended().get(10, TimeUnit.SECONDS);
    assertThat(ended.flag()).isEqualTo(Flag.UH);
    assertThat(client.answers()).containsExactly(503);
  }
}
