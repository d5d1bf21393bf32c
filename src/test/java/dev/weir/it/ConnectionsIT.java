package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import org.junit.jupiter.api.Test;

/** Keep-alive, pipelining, HTTP/1.0, listeners: what happens to connections on either side. */
class ConnectionsIT extends ScaledSuite implements AlsoRemote {
  private static final int PIPELINED = 20;

  @Test
  void keepAliveOnBothSidesUsesOneConnectionEach() throws Exception {
    ScriptedUpstream upstream = upstream((request, c) -> c.reply(200, request.target()));
    gateway(upstream);
    RawClient client = client();
    for (int i = 0; i < 10; i++) {
      RawResponse response = client.get("/" + i);
      assertThat(response.text()).isEqualTo("/" + i);
      assertThat(response.headers().elements("connection")).doesNotContain("close");
    }
    assertThat(upstream.connections()).isLessThanOrEqualTo(scale().upstreamLanes());
  }

  @Test
  void pipelinedRequestsAreAnsweredInOrder() throws Exception {
    ScriptedUpstream upstream = upstream((request, c) -> c.reply(200, request.target()));
    gateway(upstream);
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < PIPELINED; i++) {
      all.append("GET /").append(i).append(" HTTP/1.1\r\nHost: weir.test\r\n\r\n");
    }
    RawClient client = client();
    client.write(all.toString());
    for (int i = 0; i < PIPELINED; i++) {
      assertThat(client.read().text()).isEqualTo("/" + i);
    }
  }

  @Test
  void pipelinedRequestsWithBodiesKeepTheirBodies() throws Exception {
    ScriptedUpstream upstream = upstream((request, c) -> c.reply(200, request.text()));
    gateway(upstream);
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < PIPELINED; i++) {
      all.append("POST / HTTP/1.1\r\nHost: weir.test\r\nTransfer-Encoding: chunked\r\n\r\n")
          .append("7\r\nnumber \r\n2\r\n" + (10 + i) + "\r\n0\r\n\r\n");
    }
    RawClient client = client();
    client.write(all.toString());
    for (int i = 0; i < PIPELINED; i++) {
      assertThat(client.read().text()).isEqualTo("number " + (10 + i));
    }
  }

  @Test
  void closeAskedForByTheClientClosesAfterTheResponse() throws Exception {
    ScriptedUpstream upstream = upstream((request, c) -> c.reply(200, "bye"));
    gateway(upstream);
    RawClient client = client();
    RawResponse response = client.get("/", "Connection: close");
    assertThat(response.text()).isEqualTo("bye");
    assertThat(response.headers().elements("connection")).contains("close");
    client.expectClosed();
    assertThat(upstream.take().headers().elements("connection")).doesNotContain("close");
  }

  @Test
  void closeAskedForByTheUpstreamIsNotPassedOn() throws Exception {
    ScriptedUpstream upstream =
        scripted(
            c -> {
              c.request();
              c.reply(200, "bye", "Connection: close");
            });
    gateway(upstream);
    RawClient client = client();
    for (int i = 0; i < 3; i++) {
      RawResponse response = client.get("/");
      assertThat(response.text()).isEqualTo("bye");
      assertThat(response.headers().elements("connection")).doesNotContain("close");
    }
    assertThat(upstream.connections()).isEqualTo(3);
  }

  @Test
  void http10ClientIsAnsweredAndClosed() throws Exception {
    ScriptedUpstream upstream = upstream((request, c) -> c.reply(200, "old"));
    gateway(upstream);
    RawClient client = client();
    client.head("GET / HTTP/1.0", "Host: weir.test");
    assertThat(client.read().text()).isEqualTo("old");
    client.expectClosed();
    assertThat(upstream.take().version()).isEqualTo("HTTP/1.1");
  }

  @Test
  void http10ClientMayKeepItsConnection() throws Exception {
    gateway(upstream((request, c) -> c.reply(200, "old")));
    RawClient client = client();
    for (int i = 0; i < 3; i++) {
      client.head("GET / HTTP/1.0", "Host: weir.test", "Connection: keep-alive");
      RawResponse response = client.read();
      assertThat(response.text()).isEqualTo("old");
      assertThat(response.headers().elements("connection")).contains("keep-alive");
    }
  }

  @Test
  void chunkedResponseToHttp10ClientEndsWithTheConnection() throws Exception {
    gateway(
        upstream(
            (request, c) -> {
              c.head("HTTP/1.1 200 OK", "Transfer-Encoding: chunked");
              c.chunk("one ");
              c.chunk("two");
              c.lastChunk("X-Sum: 1");
            }));
    RawClient client = client();
    client.head("GET / HTTP/1.0", "Host: weir.test", "Connection: keep-alive");
    RawResponse response = client.read();
    assertThat(response.framing()).isEqualTo(Framing.CLOSE);
    assertThat(response.text()).isEqualTo("one two");
  }

  @Test
  void requestThatArrivesByteByByteIsServed() throws Exception {
    ScriptedUpstream upstream = upstream((request, c) -> c.reply(200, request.text()));
    gateway(upstream);
    RawClient client = client();
    String wire = "POST /slow HTTP/1.1\r\nHost: weir.test\r\nContent-Length: 3\r\n\r\nabc";
    for (char c : wire.toCharArray()) {
      client.write(String.valueOf(c));
    }
    assertThat(client.read().text()).isEqualTo("abc");
  }

  @Test
  void everyListenerServes() throws Exception {
    ScriptedUpstream upstream = upstream((request, c) -> c.reply(200, "served"));
    JsonArray listeners =
        new JsonArray().add(GatewayConfig.listener()).add(GatewayConfig.listener());
    Gateway gateway = gateway(GatewayConfig.to(upstream).with("/ingress", listeners));
    assertThat(gateway.port(0)).isNotEqualTo(gateway.port(1));
    assertThat(client(gateway.port(0)).get("/").text()).isEqualTo("served");
    assertThat(client(gateway.port(1)).get("/").text()).isEqualTo("served");
  }
}
