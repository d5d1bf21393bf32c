package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.node.Node;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node without upstream clients serves its clients by another one. */
class RemoteIT extends GatewaySuite {
  @TempDir Path directory;

  @Override
  Scale scale() {
    return Scale.REMOTE;
  }

  private static double metric(Gateway gateway, String name) throws Exception {
    return gateway.metrics().getOrDefault(name, 0.0);
  }

  @Test
  void exchangesAreCountedOnBothNodes() throws Exception {
    Gateway gateway = gateway(upstream((request, c) -> c.reply(200, "12345")));
    RawClient client = client();
    client.request("POST", "/", "Content-Length: 3");
    client.write("abc");
    assertThat(client.read().text()).isEqualTo("12345");
    for (String side : new String[] {"in", "out"}) {
      String label = "side=\"" + side + "\"";
      Await.until(
          "the exchange is over",
          () -> gateway.leftBehind().keySet().stream().noneMatch(key -> key.contains("remote")));
      Map<String, Double> series = gateway.metrics();
      assertThat(series)
          .containsEntry("weir_remote_exchanges_total{result=\"answered\"," + label + "}", 1.0)
          .containsEntry("weir_remote_bytes_total{body=\"request\"," + label + "}", 3.0)
          .containsEntry("weir_remote_bytes_total{body=\"response\"," + label + "}", 5.0);
    }
  }

  @Test
  void localReplyOfTheServingNodeHasItsFlag() throws Exception {
    ScriptedUpstream dead = upstream((request, c) -> c.reply(200, ""));
    dead.refuse();
    Path log = directory.resolve("access.log");
    gateway(GatewayConfig.to(dead).accessLog(log));
    RawResponse response = client().get("/");
    assertThat(response.status()).isEqualTo(502);
    assertThat(response.flag()).isEqualTo("UF");
    assertThat(response.header("content-type")).isEqualTo("application/problem+json");
    JsonObject line = new LogFile(log).onlyLine();
    assertThat(line.getString("flag")).isEqualTo("UF");
    assertThat(line.getString("endpoint")).isEqualTo("127.0.0.1:" + dead.port());
  }

  @Test
  void upstreamThatIsNotRemoteIsNotServed() throws Exception {
    ScriptedUpstream upstream = upstream((request, c) -> c.reply(200, "here"));
    Gateway gateway = gateway(upstream);
    assertThat(client().get("/").text()).isEqualTo("here");
    JsonObject without = GatewayConfig.upstream(upstream.port());
    JsonObject command =
        new JsonObject().put("op", "upstream.add").put("upstream", "other").put("config", without);
    Await.result(gateway.vertx().eventBus().<JsonObject>request("weir.control", command));
    JsonObject route =
        new JsonObject().put("id", "all").put("upstream", "other").put("match", new JsonObject());
    JsonObject put = new JsonObject().put("op", "route.put").put("route", route);
    Await.result(gateway.vertx().eventBus().<JsonObject>request("weir.control", put));
    RawClient client = client();
    Await.until("the route leads there", () -> flag(client).equals("DR"));
  }

  private static String flag(RawClient client) {
    try {
      RawResponse response = client.get("/");
      return response.status() == 200 ? "" : response.flag();
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void servingNodeThatLeaves_finishesWhatItHas() throws Exception {
    Gateway gateway =
        gateway(
            scripted(
                c -> {
                  c.request();
                  c.head("HTTP/1.1 200 OK", "Content-Length: 10");
                  c.write("12345");
                  assertThat(c.isQuietFor(300)).isTrue();
                  c.write("67890");
                  c.drain();
                }));
    RawClient client = client();
    client.request("GET", "/");
    RawResponse head = client.readHead("GET");
    gateway.behind().undeploy();
    assertThat(client.readBody(head).text()).isEqualTo("1234567890");
    Await.until("nobody serves it any longer", () -> flag(client).equals("UH"));
  }

  @Test
  void framesThatAreNoneAreRefused() throws Exception {
    Gateway gateway = gateway(upstream((request, c) -> c.reply(200, "here")));
    String address = "weir.remote." + Node.of(gateway.vertx()).id() + ".0";
    Object[] hostile = {"text", new JsonObject(), Buffer.buffer(), Buffer.buffer(new byte[100])};
    for (Object each : hostile) {
      gateway.vertx().eventBus().send(address, each);
    }
    Await.until(
        "all are refused",
        () -> {
          try {
            return metric(gateway, "weir_remote_refused_frames_total{side=\"in\"}") == 4;
          } catch (Exception e) {
            throw new AssertionError(e);
          }
        });
    assertThat(client().get("/").text()).isEqualTo("here");
  }

  @Test
  void responseThatBreaksOffIsBrokenForTheClient() throws Exception {
    gateway(
        upstream(
            (request, c) -> {
              c.head("HTTP/1.1 200 OK", "Content-Length: 10");
              c.write("half");
              c.reset();
            }));
    RawClient client = client();
    client.request("GET", "/");
    assertThatThrownBy(() -> client.readBody(client.readHead("GET")))
        .isInstanceOf(TruncatedException.class);
  }
}
