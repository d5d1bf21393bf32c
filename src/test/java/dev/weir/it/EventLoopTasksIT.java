package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.internal.VertxBootstrap;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/**
 * How many tasks the event loop is given for a request, which does not depend on how fast the
 * machine is: a small GET with all roles on one event loop.
 */
class EventLoopTasksIT extends GatewaySuite {

  /** The two hops between the roles; timers and probes may add a task now and then. */
  private static final Offset<Double> MORE = Offset.offset(0.2);

  private static final double HOPS = 2;

  private static final int WARM_UP = 200;
  private static final int REQUESTS = 2_000;

  private final CountingTransport transport = new CountingTransport();

  @Test
  void smallGet_takesTheTasksOfTwoHops() throws Exception {
    ScriptedUpstream upstream = upstream((request, c) -> c.reply(200, "hello"));
    GatewayConfig config =
        GatewayConfig.to(upstream).with("/upstreams/main/circuitBreaker", new JsonObject());
    try (Gateway gateway = Gateway.start(config, vertx(), false);
        RawClient client = gateway.connect()) {
      get(client, WARM_UP);
      long before = transport.tasks();
      get(client, REQUESTS);
      double tasks = (double) (transport.tasks() - before) / REQUESTS;
      assertThat(tasks).as("tasks a request").isCloseTo(HOPS, MORE);
    }
  }

  private Vertx vertx() {
    VertxBootstrap bootstrap = VertxBootstrap.create();
    bootstrap.options(new VertxOptions().setEventLoopPoolSize(1));
    bootstrap.transport(transport);
    return bootstrap.init().vertx();
  }

  private static void get(RawClient client, int times) throws IOException {
    for (int i = 0; i < times; i++) {
      assertThat(client.get("/").status()).isEqualTo(200);
    }
  }
}
