package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The parts of the harness against each other: a strict reader that is wrong proves nothing. */
class HarnessTest {
  private static WireReader reader(String wire) {
    return new WireReader(new ByteArrayInputStream(wire.getBytes(StandardCharsets.ISO_8859_1)));
  }

  @Test
  void clientAndUpstreamExchangeBodiesOfBothFramings() throws Exception {
    try (ScriptedUpstream upstream =
        ScriptedUpstream.answering((request, c) -> c.reply(200, request.text()))) {
      callTwice(upstream);
      Await.until("the upstream sees the close", () -> upstream.openConnections() == 0);
    }
  }

  private static void callTwice(ScriptedUpstream upstream) throws Exception {
    try (RawClient client = RawClient.connect(upstream.port())) {
      client.request("POST", "/one", "Content-Length: 3");
      client.write("abc");
      assertThat(client.read().text()).isEqualTo("abc");
      client.request("POST", "/two", "Transfer-Encoding: chunked");
      client.chunk("de");
      client.chunk("f");
      client.lastChunk("Check: sum");
      assertThat(client.read().text()).isEqualTo("def");
      assertThat(upstream.take().target()).isEqualTo("/one");
      assertThat(upstream.take().trailers().first("check")).isEqualTo("sum");
      assertThat(upstream.connections()).isEqualTo(1);
      assertThat(upstream.requests()).isEqualTo(2);
    }
  }

  @Test
  void responseCutShort_isTruncated() throws Exception {
    try (ScriptedUpstream upstream =
            ScriptedUpstream.answering(
                (request, c) -> {
                  c.head("HTTP/1.1 200 OK", "Content-Length: 10");
                  c.write("half");
                  c.reset();
                });
        RawClient client = RawClient.connect(upstream.port())) {
      client.request("GET", "/");
      assertThatThrownBy(client::read).isInstanceOf(TruncatedException.class);
    }
  }

  @Test
  void badRequest_failsTheTestThatClosesTheUpstream() throws Exception {
    ScriptedUpstream upstream = ScriptedUpstream.answering((request, c) -> c.reply(200, ""));
    try (RawClient client = RawClient.connect(upstream.port())) {
      client.write("GET / HTTP/1.1\nHost: a\n\n");
      client.drain();
    }
    assertThatThrownBy(upstream::close).isInstanceOf(AssertionError.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\nA: b\r\n\r\n",
        "HTTP/1.1 200 OK\r\nA : b\r\n\r\n",
        "HTTP/1.1 200 OK\r\nA: b\r\n folded\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\na",
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nabc\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0x2\r\nab\r\n0\r\n\r\n",
        "HTTP/1.1 204 None\r\nContent-Length: 0\r\n\r\n",
        "HTTP/2 200 OK\r\n\r\n"
      })
  void responseAgainstTheRfc_isRefused(String wire) {
    WireReader reader = reader(wire);
    assertThatThrownBy(() -> reader.responseBody(reader.responseHead("GET")))
        .isInstanceOf(WireException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nabc",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n",
        "HTTP/1.1 200 OK\r\nContent-Le"
      })
  void responseWithoutItsEnd_isTruncated(String wire) {
    WireReader reader = reader(wire);
    assertThatThrownBy(() -> reader.responseBody(reader.responseHead("GET")))
        .isInstanceOf(TruncatedException.class);
  }

  @Test
  void responseToHead_hasNoBodyWhateverItsLength() throws IOException {
    WireReader reader =
        reader("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nHTTP/1.1 204 N\r\n\r\n");
    assertThat(reader.responseBody(reader.responseHead("HEAD")).body()).isEmpty();
    assertThat(reader.responseHead("GET").status()).isEqualTo(204);
    assertThat(reader.responseHead("GET")).isNull();
  }
}
