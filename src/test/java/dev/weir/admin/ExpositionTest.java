package dev.weir.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.node.Node;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.micrometer.MicrometerMetricsFactory;
import io.vertx.micrometer.MicrometerMetricsOptions;
import io.vertx.micrometer.VertxPrometheusOptions;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ExpositionTest {

  private static Vertx measured() {
    VertxPrometheusOptions prometheus = new VertxPrometheusOptions().setEnabled(true);
    MicrometerMetricsOptions metrics =
        new MicrometerMetricsOptions().setPrometheusOptions(prometheus).setEnabled(true);
    return Vertx.builder()
        .with(new VertxOptions().setMetricsOptions(metrics))
        .withMetrics(new MicrometerMetricsFactory())
        .build();
  }

  private static String scrape(Exposition exposition) throws Exception {
    return exposition.scrape().await(10, TimeUnit.SECONDS);
  }

  @Test
  void numbersOfVertx_standBesideThoseOfWeir() throws Exception {
    Vertx vertx = measured();
    try {
      vertx.createHttpServer().requestHandler(request -> {}).listen(0).await(10, TimeUnit.SECONDS);
      Node node = Node.acquire(vertx, new JsonObject());
      for (int round = 0; round < 2; round++) {
        Exposition exposition = new Exposition(vertx, node);
        assertThat(scrape(exposition)).contains("vertx_", "weir_connections", "jvm_memory");
        exposition.close().await(10, TimeUnit.SECONDS);
        Exposition next = new Exposition(vertx, node);
        assertThat(scrape(next)).containsOnlyOnce("# TYPE weir_connections gauge");
        next.close().await(10, TimeUnit.SECONDS);
      }
    } finally {
      vertx.close().await(10, TimeUnit.SECONDS);
    }
  }
}
