package dev.weir.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class DemoVerticleTest {

  private final DemoVerticle demo = new DemoVerticle();
  private final HttpClient client = HttpClient.newHttpClient();

  @BeforeEach
  void deploy(Vertx vertx) throws Exception {
    JsonObject config = new JsonObject().put("ports", JsonArray.of(0, 0, 0, 0));
    vertx
        .deployVerticle(demo, new DeploymentOptions().setConfig(config))
        .toCompletionStage()
        .toCompletableFuture()
        .get(10, TimeUnit.SECONDS);
  }

  private HttpResponse<String> get(int service, String path) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + demo.ports().get(service - 1) + path);
    return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void everyServiceIsHealthyAndNamesItself() throws Exception {
    for (int service = 1; service <= 4; service++) {
      assertThat(get(service, "/health").statusCode()).isEqualTo(200);
      assertThat(new JsonObject(get(service, "/a").body()).getString("service"))
          .isEqualTo("service " + service);
    }
  }

  @Test
  void theFourthFailsOnEveryTenthRequest() throws Exception {
    List<Integer> statuses = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      statuses.add(get(4, "/").statusCode());
    }
    assertThat(statuses.indexOf(500)).isEqualTo(9);
    assertThat(statuses.lastIndexOf(500)).isEqualTo(19);
    assertThat(statuses).filteredOn(status -> status == 200).hasSize(18);
  }
}
