package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each exchange leaves one line that says what became of it. */
class AccessLogIT extends ScaledSuite implements AlsoRemote {
  @TempDir Path directory;

  private LogFile start(ScriptedUpstream upstream, GatewayConfig config) {
    Path file = directory.resolve("access.log");
    gateway(config.accessLog(file));
    return new LogFile(file);
  }

  @Test
  void servedRequestIsLoggedWithAllThatIsKnown() throws Exception {
    ScriptedUpstream upstream = upstream((request, c) -> c.reply(201, "0123456789"));
    LogFile log = start(upstream, GatewayConfig.to(upstream));
    RawClient client = client();
    client.request("POST", "/made?by=test", "Content-Length: 4", "X-Request-Id: id-12345678");
    client.write("body");
    assertThat(client.read().status()).isEqualTo(201);
    JsonObject line = log.onlyLine();
    assertThat(line.getString("id")).isEqualTo("id-12345678");
    assertThat(line.getString("client")).isEqualTo("127.0.0.1");
    assertThat(line.getString("method")).isEqualTo("POST");
    assertThat(line.getString("host")).isEqualTo("weir.test");
    assertThat(line.getString("path")).isEqualTo("/made?by=test");
    assertThat(line.getString("proto")).isEqualTo("HTTP/1.1");
    assertThat(line.getString("route")).isEqualTo("all");
    assertThat(line.getString("upstream")).isEqualTo("main");
    assertThat(line.getString("endpoint")).isEqualTo("127.0.0.1:" + upstream.port());
    assertThat(line.getInteger("status")).isEqualTo(201);
    assertThat(line.getValue("flag")).isNull();
    assertThat(line.getInteger("bytes_in")).isEqualTo(4);
    assertThat(line.getInteger("bytes_out")).isEqualTo(10);
    assertThat(line.getInteger("attempts")).isEqualTo(1);
    assertDurations(line);
  }

  /** Each part fits into the whole; all are in microseconds. */
  private static void assertDurations(JsonObject line) {
    long total = line.getLong("total_us");
    assertThat(total).isPositive();
    for (String part : new String[] {"queue_us", "connect_us", "first_byte_us"}) {
      assertThat(line.getLong(part)).as(part).isBetween(0L, total);
    }
  }

  @Test
  void requestWithoutARouteIsLogged() throws Exception {
    ScriptedUpstream upstream = upstream((request, c) -> c.reply(200, ""));
    JsonObject match = new JsonObject().put("path", "/only");
    LogFile log = start(upstream, GatewayConfig.to(upstream).route("match", match));
    client().get("/other");
    JsonObject line = log.onlyLine();
    assertThat(line.getInteger("status")).isEqualTo(404);
    assertThat(line.getString("flag")).isEqualTo("NR");
    assertThat(line.getValue("upstream")).isNull();
    assertThat(line.getInteger("attempts")).isZero();
  }

  @Test
  void malformedRequestIsLogged() throws Exception {
    ScriptedUpstream upstream = upstream((request, c) -> c.reply(200, ""));
    LogFile log = start(upstream, GatewayConfig.to(upstream));
    RawClient client = client();
    client.write("GET / HTTP/1.1\r\nHost: a\r\nBad Name: b\r\n\r\n");
    assertThat(client.read().status()).isEqualTo(400);
    JsonObject line = log.onlyLine();
    assertThat(line.getInteger("status")).isEqualTo(400);
    assertThat(line.getString("flag")).isEqualTo("BR");
  }

  @Test
  void triesAtOtherEndpointsAreCounted() throws Exception {
    ScriptedUpstream dead = upstream((request, c) -> c.reply(200, ""));
    ScriptedUpstream alive = upstream((request, c) -> c.reply(200, ""));
    dead.refuse();
    LogFile log = start(alive, GatewayConfig.to(dead, alive));
    RawClient client = client();
    for (int i = 0; i < 4; i++) {
      assertThat(client.get("/").status()).isEqualTo(200);
    }
    int attempts = log.lines(4).stream().mapToInt(line -> line.getInteger("attempts")).sum();
    assertThat(attempts).isBetween(5, 8);
    assertThat(alive.requests()).isEqualTo(4);
  }

  @Test
  void truncatedResponseIsLoggedAsSuch() throws Exception {
    ScriptedUpstream upstream =
        upstream(
            (request, c) -> {
              c.head("HTTP/1.1 200 OK", "Content-Length: 10");
              c.write("half");
              c.close();
            });
    LogFile log = start(upstream, GatewayConfig.to(upstream));
    assertThatThrownBy(() -> client().get("/")).isInstanceOf(TruncatedException.class);
    JsonObject line = log.onlyLine();
    assertThat(line.getInteger("status")).isEqualTo(200);
    assertThat(line.getString("flag")).isEqualTo("UF");
  }

  @Test
  void pipelinedRequestsAreLoggedInTheirOrder() throws Exception {
    ScriptedUpstream upstream = upstream((request, c) -> c.reply(200, ""));
    LogFile log = start(upstream, GatewayConfig.to(upstream));
    RawClient client = client();
    for (int i = 0; i < 10; i++) {
      client.request("GET", "/" + i);
    }
    for (int i = 0; i < 10; i++) {
      client.read();
    }
    assertThat(log.lines(10))
        .extracting(line -> line.getString("path"))
        .containsExactly("/0", "/1", "/2", "/3", "/4", "/5", "/6", "/7", "/8", "/9");
  }
}
