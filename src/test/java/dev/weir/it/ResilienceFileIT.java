package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What {@code conf/resilience.json} does, with endpoints of the test behind it. */
class ResilienceFileIT extends GatewaySuite {
  private static final int MINIMUM_CALLS = 20;

  private final AtomicBoolean serving = new AtomicBoolean(true);

  private static GatewayConfig file() throws IOException {
    JsonObject file = new JsonObject(Files.readString(Path.of("conf", "resilience.json")));
    return GatewayConfig.to(1)
        .with("/routes", file.getJsonArray("routes"))
        .with("/upstreams", file.getJsonObject("upstreams"));
  }

  private ScriptedUpstream answering(int status, String text) throws IOException {
    return upstream(
        (request, c) -> c.reply(request.target().equals("/health") ? 200 : status, text));
  }

  /** A service whose health is asked for over HTTP/2. */
  private void answer(HttpServerRequest request) {
    byte[] state = {0, 0, 0, 0, 2, 8, (byte) (serving.get() ? 1 : 2)};
    boolean right = request.path().equals("/grpc.health.v1.Health/Check");
    request.response().putHeader("content-type", "application/grpc");
    request.response().putTrailer("grpc-status", right ? "0" : "12").end(Buffer.buffer(state));
  }

  @Test
  void shopThatFailsInMostCalls_isStoodInForByTheSpare() throws Exception {
    GatewayConfig config =
        file()
            .with("/upstreams/shop/endpoints/0/port", answering(500, "shop").port())
            .with("/upstreams/shop/endpoints/1/port", answering(500, "shop").port())
            .with("/upstreams/shop-spare/endpoints/0/port", answering(200, "spare").port())
            .with("/upstreams/shop/outlier/dryRun", true); // So that all calls count here.
    gateway(config);
    RawClient client = client();
    for (int i = 0; i < MINIMUM_CALLS; i++) {
      assertThat(client.get("/x").status()).as("call %d", i).isEqualTo(500);
    }
    for (int i = 0; i < MINIMUM_CALLS; i++) {
      assertThat(client.get("/x").text()).isEqualTo("spare");
    }
  }

  @Test
  void quotes_areOutWhenTheirServiceSaysThatItDoesNotServe() throws Exception {
    Vertx vertx = Vertx.vertx();
    try {
      int port =
          Await.result(vertx.createHttpServer().requestHandler(this::answer).listen(0, "127.0.0.1"))
              .actualPort();
      GatewayConfig config =
          file()
              .with("/upstreams/quotes/endpoints/0/port", answering(200, "quote").port())
              .with("/upstreams/quotes/health/active/port", port)
              .with("/upstreams/quotes/health/active/intervalMillis", 50)
              .with("/upstreams/quotes/balancer", new JsonObject().put("panicPercent", 0));
      gateway(config);
      RawClient client = client();
      assertThat(client.get("/quotes/1").text()).isEqualTo("quote");
      serving.set(false);
      awaitFlag(client, "UH");
      serving.set(true);
      awaitFlag(client, null);
    } finally {
      Await.result(vertx.close());
    }
  }

  private static void awaitFlag(RawClient client, String flag) {
    Await.until(
        "quotes are answered with " + flag,
        () -> {
          try {
            String got = client.get("/quotes/1").flag();
            return flag == null ? got == null : flag.equals(got);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }
}
