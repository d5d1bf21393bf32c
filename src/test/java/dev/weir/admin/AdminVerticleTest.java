package dev.weir.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.config.WeirConfig;
import dev.weir.node.Endpoint;
import dev.weir.node.Node;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The verticle alone in its Vert.x. */
@ExtendWith(VertxExtension.class)
class AdminVerticleTest {
  private static final String HOST = "127.0.0.1";

  private Vertx vertx;
  private WebClient client;

  @BeforeEach
  void connect(Vertx vertx) {
    this.vertx = vertx;
    client = WebClient.create(vertx);
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.await(10, TimeUnit.SECONDS);
  }

  private static JsonObject config() {
    JsonArray endpoints =
        new JsonArray()
            .add(new JsonObject().put("host", "10.0.0.7").put("port", 9001).put("weight", 3))
            .add(new JsonObject().put("host", "10.0.0.7").put("port", 9002));
    return new JsonObject()
        .put("accessLog", new JsonObject().put("mode", "off"))
        .put("admin", new JsonObject().put("port", 0))
        .put(
            "upstreams",
            new JsonObject().put("orders", new JsonObject().put("endpoints", endpoints)));
  }

  private String deploy() throws Exception {
    return deploy(config());
  }

  private String deploy(JsonObject config) throws Exception {
    DeploymentOptions options = new DeploymentOptions().setConfig(config);
    return await(vertx.deployVerticle(new AdminVerticle(), options));
  }

  private Node node() {
    return Node.of(vertx);
  }

  private Endpoint endpoint(int index) {
    return node().snapshot().upstreams().get("orders").endpoints().get(index);
  }

  private HttpResponse<Buffer> call(HttpMethod method, String path) throws Exception {
    return await(client.request(method, node().ports().admin(), HOST, path).send());
  }

  private HttpResponse<Buffer> get(String path) throws Exception {
    return call(HttpMethod.GET, path);
  }

  /** What comes back for a raw request until the connection is closed. */
  private String raw(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getByName(HOST), node().ports().admin())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  @Test
  void live_isAlways200() throws Exception {
    deploy();
    node().drain();
    assertThat(get("/live").statusCode()).isEqualTo(200);
  }

  @Test
  void ready_saysWhyNot() throws Exception {
    deploy();
    HttpResponse<Buffer> starting = get("/ready");
    assertThat(starting.statusCode()).isEqualTo(503);
    assertThat(starting.bodyAsJsonObject())
        .isEqualTo(new JsonObject().put("ready", false).put("reason", "starting"));
    node().started();
    assertThat(get("/ready").statusCode()).isEqualTo(200);
    assertThat(get("/ready").bodyAsJsonObject()).isEqualTo(new JsonObject().put("ready", true));
    node().drain();
    assertThat(get("/ready").statusCode()).isEqualTo(503);
    assertThat(get("/ready").bodyAsJsonObject().getString("reason")).isEqualTo("draining");
  }

  @Test
  void health_isThatOfTheUpstreams() throws Exception {
    deploy();
    assertThat(get("/health").statusCode()).isEqualTo(200);
    node().states().health(endpoint(0), false);
    HttpResponse<Buffer> partial = get("/health");
    assertThat(partial.statusCode()).isEqualTo(200);
    assertThat(orders(partial).getString("status")).isEqualTo("UP");
    assertThat(orders(partial).getJsonObject("data"))
        .isEqualTo(new JsonObject().put("endpoints", 2).put("usable", 1));
    node().states().health(endpoint(1), false);
    HttpResponse<Buffer> none = get("/health");
    assertThat(none.statusCode()).isEqualTo(503);
    assertThat(none.bodyAsJsonObject().getString("outcome")).isEqualTo("DOWN");
    assertThat(orders(none).getString("status")).isEqualTo("DOWN");
  }

  private static JsonObject orders(HttpResponse<Buffer> health) {
    JsonArray groups = health.bodyAsJsonObject().getJsonArray("checks");
    for (int i = 0; i < groups.size(); i++) {
      JsonArray nested = groups.getJsonObject(i).getJsonArray("checks");
      if (nested != null) {
        return nested.getJsonObject(0);
      }
    }
    throw new AssertionError("no check of an upstream: " + health.bodyAsString());
  }

  @Test
  void health_followsTheConfiguration() throws Exception {
    deploy();
    assertThat(get("/health").bodyAsString()).contains("orders");
    JsonObject next = config().put("upstreams", new JsonObject());
    await(node().change(new JsonObject(), now -> now.withShared(WeirConfig.of(next))));
    HttpResponse<Buffer> health = get("/health");
    assertThat(health.statusCode()).isEqualTo(200);
    assertThat(health.bodyAsString()).doesNotContain("orders").contains("\"version\":2");
  }

  @Test
  void upstreams_showEveryEndpoint() throws Exception {
    deploy();
    node().states().health(endpoint(1), false);
    endpoint(0).load().begin();
    HttpResponse<Buffer> response = get("/upstreams");
    assertThat(response.getHeader("content-type")).isEqualTo("application/json");
    assertThat(response.getHeader("cache-control")).isEqualTo("no-store");
    JsonArray endpoints = new JsonArray();
    endpoints
        .add(endpoint("10.0.0.7:9001", true, 3, 1))
        .add(endpoint("10.0.0.7:9002", false, 1, 0));
    JsonObject orders =
        new JsonObject()
            .put("upstream", "orders")
            .put("policy", "round-robin")
            .put("usable", 1)
            .put("endpoints", endpoints)
            .put("balance", new JsonObject().put("picks", 0).put("imbalance", 1.0));
    assertThat(response.bodyAsJsonObject())
        .isEqualTo(
            new JsonObject().put("version", 1).put("upstreams", new JsonArray().add(orders)));
  }

  private static JsonObject endpoint(String id, boolean healthy, int weight, int inFlight) {
    return new JsonObject()
        .put("endpoint", id)
        .put("source", "configured")
        .put("healthy", healthy)
        .put("ejected", false)
        .put("degraded", false)
        .put("weight", weight)
        .put("draining", false)
        .put("enabled", true)
        .put("health", "auto")
        .put("inFlight", inFlight)
        .put("picks", 0)
        .put("share", 0.0);
  }

  @Test
  void metrics_areInThePrometheusFormat() throws Exception {
    deploy();
    node().states().health(endpoint(1), false);
    HttpResponse<Buffer> response = get("/metrics");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.getHeader("content-type")).startsWith("text/plain; version=0.0.4");
    assertThat(response.bodyAsString().lines())
        .contains("weir_endpoint_healthy{endpoint=\"10.0.0.7:9001\",upstream=\"orders\"} 1.0")
        .contains("weir_endpoint_healthy{endpoint=\"10.0.0.7:9002\",upstream=\"orders\"} 0.0")
        .contains("weir_config_version 1.0")
        .contains("weir_ready 0.0")
        .contains("weir_access_log_dropped_total 0.0")
        .anyMatch(line -> line.startsWith("weir_connections{"))
        .anyMatch(line -> line.startsWith("jvm_memory_used_bytes{"));
  }

  @Test
  void metrics_areMadeOnceForAllWhoAskTogether() throws Exception {
    deploy();
    List<Future<HttpResponse<Buffer>>> calls = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      calls.add(client.get(node().ports().admin(), HOST, "/metrics").send());
    }
    await(Future.all(calls));
    assertThat(calls).allMatch(call -> call.result().statusCode() == 200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/live", "/ready", "/health", "/metrics", "/upstreams", "/none"})
  void head_isGetWithoutTheBody(String path) throws Exception {
    deploy();
    HttpResponse<Buffer> get = get(path);
    HttpResponse<Buffer> head = call(HttpMethod.HEAD, path);
    assertThat(head.statusCode()).isEqualTo(get.statusCode());
    assertThat(head.getHeader("content-type")).isEqualTo(get.getHeader("content-type"));
    assertThat(Integer.parseInt(head.getHeader("content-length"))).isPositive();
    assertThat(head.body()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/", "/Health", "/health/orders", "/../etc/passwd", "/%2e%2e/", "/%zz", "//"})
  void otherPaths_areAProblem(String path) throws Exception {
    deploy();
    String answer = raw("GET " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    assertThat(answer).containsPattern("^HTTP/1\\.1 40[04] ").contains("\"status\":40");
    assertThat(answer).containsIgnoringCase("content-type: application/problem+json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "BREW"})
  void otherMethods_areRefused(String method) throws Exception {
    deploy();
    HttpResponse<Buffer> response = call(HttpMethod.valueOf(method), "/upstreams");
    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(response.getHeader("allow")).isEqualTo("GET, HEAD");
    assertThat(response.bodyAsJsonObject().getInteger("status")).isEqualTo(405);
  }

  @Test
  void body_isNotWaitedForAndEndsTheConnection() throws Exception {
    deploy();
    String head = "POST /health HTTP/1.1\r\nHost: a\r\n";
    assertThat(raw(head + "Content-Length: 1000000\r\n\r\nx")).startsWith("HTTP/1.1 405");
    assertThat(raw(head + "Transfer-Encoding: chunked\r\n\r\nffffff\r\nx"))
        .startsWith("HTTP/1.1 405")
        .containsOnlyOnce("HTTP/1.1 ");
  }

  @Test
  void hugeHead_isRefused() throws Exception {
    deploy();
    assertThat(raw("GET /" + "a".repeat(5000) + " HTTP/1.1\r\nHost: a\r\n\r\n"))
        .startsWith("HTTP/1.0 414");
    assertThat(raw("GET / HTTP/1.1\r\nHost: a\r\nX: " + "a".repeat(20_000) + "\r\n\r\n"))
        .startsWith("HTTP/1.1 431");
    assertThat(raw("nonsense\r\n\r\n")).startsWith("HTTP/1.0 400");
  }

  @Test
  void connectionsBeyondTheLimit_areClosed() throws Exception {
    deploy();
    List<Socket> sockets = new ArrayList<>();
    try {
      for (int i = 0; i < AdminVerticle.MAX_CONNECTIONS; i++) {
        Socket socket = new Socket(HOST, node().ports().admin());
        sockets.add(socket);
        socket.setSoTimeout(10_000);
        socket.getOutputStream().write("GET /live HTTP/1.1\r\nHost: a\r\n\r\n".getBytes());
        assertThat(socket.getInputStream().read()).isEqualTo('H');
      }
      assertThat(raw("GET /live HTTP/1.1\r\nHost: a\r\n\r\n")).isEmpty();
    } finally {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
  }

  @Test
  void takenPort_isNamed() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName(HOST))) {
      JsonObject config = config();
      config.getJsonObject("admin").put("port", taken.getLocalPort());
      assertThatThrownBy(() -> deploy(config))
          .hasMessageStartingWith(
              "Cannot listen on 127.0.0.1:" + taken.getLocalPort() + " for the admin side: ");
      assertThat(node()).isNull();
    }
  }

  @Test
  void disabled_listensNowhere() throws Exception {
    JsonObject config = config();
    config.getJsonObject("admin").put("enabled", false);
    String id = deploy(config);
    assertThat(node().ports().admin()).isZero();
    await(vertx.undeploy(id));
    assertThat(node()).isNull();
  }

  @Test
  void undeploy_closesTheListenerAndLeavesTheNode() throws Exception {
    String id = deploy();
    int port = node().ports().admin();
    await(vertx.undeploy(id));
    assertThat(node()).isNull();
    assertThatThrownBy(() -> new Socket(HOST, port)).isInstanceOf(IOException.class);
  }
}
