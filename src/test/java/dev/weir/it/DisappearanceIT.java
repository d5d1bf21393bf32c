package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Either side goes away without a word; the other side must learn of it at once. */
class DisappearanceIT extends ScaledSuite implements AlsoRemote {
  @TempDir Path directory;

  private static void gone(RawClient client, boolean reset) throws IOException {
    if (reset) {
      client.reset();
    } else {
      client.close();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void clientThatLeavesWhileItWaits_cancelsTheUpstreamRequest(boolean reset) throws Exception {
    ScriptedUpstream upstream =
        scripted(
            c -> {
              c.request();
              c.drain();
            });
    Path log = directory.resolve("access.log");
    gateway(GatewayConfig.to(upstream).accessLog(log));
    RawClient client = client();
    client.request("GET", "/waits");
    upstream.take();
    gone(client, reset);
    Await.until("the upstream request is cancelled", () -> upstream.openConnections() == 0);
    JsonObject line = new LogFile(log).onlyLine();
    assertThat(line.getInteger("status")).isEqualTo(499);
    assertThat(line.getString("flag")).isEqualTo("DC");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void clientThatLeavesDuringADownload_stopsTheUpstream(boolean reset) throws Exception {
    ScriptedUpstream upstream = scripted(c -> writeForEver(c));
    gateway(upstream);
    RawClient client = client();
    client.request("GET", "/");
    client.readHead("GET");
    client.body().chunk();
    gone(client, reset);
    Await.until("the upstream may stop", () -> upstream.openConnections() == 0);
  }

  private static void writeForEver(UpstreamConnection c) throws IOException {
    c.request();
    c.head("HTTP/1.1 200 OK", "Transfer-Encoding: chunked");
    String chunk = "x".repeat(10_000);
    while (true) {
      c.chunk(chunk); // ends with an exception once the gateway has closed
    }
  }

  @Test
  void clientThatLeavesDuringAnUpload_cancelsTheUpstreamRequest() throws Exception {
    ScriptedUpstream upstream =
        scripted(
            c -> {
              c.requestHead();
              c.drain();
            });
    gateway(upstream);
    RawClient client = client();
    client.request("POST", "/", "Content-Length: 1000");
    client.write("half");
    Await.until("the request is on its way", () -> upstream.requests() == 1);
    client.reset();
    Await.until("the upstream request is cancelled", () -> upstream.openConnections() == 0);
  }

  @Test
  void pipeliningClientThatLeaves_leavesNothingBehind() throws Exception {
    ScriptedUpstream upstream =
        scripted(
            c -> {
              c.request();
              c.drain();
            });
    gateway(upstream);
    RawClient client = client();
    for (int i = 0; i < 5; i++) {
      client.request("GET", "/" + i);
    }
    upstream.take();
    client.close();
    Await.until("the upstream request is cancelled", () -> upstream.openConnections() == 0);
  }

  @Test
  void keepAliveConnectionThatWentStale_isNotTheClientsTrouble() throws Exception {
    ScriptedUpstream upstream =
        scripted(
            c -> {
              c.request();
              c.reply(200, "answer " + c.number());
            });
    gateway(upstream);
    RawClient client = client();
    for (int i = 0; i < 20; i++) {
      RawResponse response = client.get("/");
      assertThat(response.status()).isEqualTo(200);
    }
  }

  @Test
  void keepAliveConnectionThatClosesOnTheNextRequest_isNotTheClientsTrouble() throws Exception {
    ScriptedUpstream upstream =
        scripted(
            c -> {
              c.request();
              c.reply(200, "answer " + c.number());
              c.requestHead(); // the close crosses the request on the wire
            });
    gateway(upstream);
    RawClient client = client();
    for (int i = 0; i < 20; i++) {
      assertThat(client.get("/").status()).isEqualTo(200);
    }
  }
}
