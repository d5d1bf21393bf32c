package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Methods, and bodies of every framing in both directions. */
class BodiesIT extends ScaledSuite implements AlsoRemote {
  private static final int MANY = 300_000;

  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND", "X-Own"})
  void everyMethodArrivesAsSent(String method) throws Exception {
    ScriptedUpstream upstream = upstream((request, c) -> c.reply(200, request.method()));
    gateway(upstream);
    assertThat(client().call(method, "/").text()).isEqualTo(method);
    assertThat(upstream.take().method()).isEqualTo(method);
  }

  @Test
  void requestBodyWithLengthKeepsItsLength() throws Exception {
    ScriptedUpstream upstream = upstream((request, c) -> c.reply(200, ""));
    gateway(upstream);
    RawClient client = client();
    client.request("POST", "/", "Content-Length: " + MANY);
    client.write("x".repeat(MANY));
    assertThat(client.read().status()).isEqualTo(200);
    RawRequest request = upstream.take();
    assertThat(request.framing()).isEqualTo(Framing.LENGTH);
    assertThat(request.text()).isEqualTo("x".repeat(MANY));
  }

  @Test
  void chunkedRequestBodyStreamsAndKeepsItsTrailers() throws Exception {
    ScriptedUpstream upstream = scripted(BodiesIT::echoChunkByChunk);
    gateway(upstream);
    RawClient client = client();
    client.request("POST", "/", "Transfer-Encoding: chunked", "Trailer: X-Sum");
    RawResponse head = client.readHead("POST");
    assertThat(head.framing()).isEqualTo(Framing.CHUNKED);
    for (int i = 0; i < 5; i++) {
      client.chunk("piece " + i);
      assertThat(new String(client.body().chunk())).isEqualTo("piece " + i);
    }
    client.lastChunk("X-Sum: 1234");
    assertThat(client.body().chunk()).isEmpty();
    assertThat(client.in.fields().first("x-seen")).isEqualTo("1234");
  }

  private static void echoChunkByChunk(UpstreamConnection c) throws IOException {
    RawRequest head = c.requestHead();
    assertThat(head.framing()).isEqualTo(Framing.CHUNKED);
    c.head("HTTP/1.1 200 OK", "Transfer-Encoding: chunked", "Trailer: X-Seen");
    for (byte[] data = c.body().chunk(); data.length > 0; data = c.body().chunk()) {
      c.chunk(new String(data));
    }
    c.lastChunk("X-Seen: " + c.in.fields().first("x-sum"));
    c.drain();
  }

  @Test
  void trailersOfAnEmptyBodyCross() throws Exception {
    ScriptedUpstream upstream =
        upstream(
            (request, c) -> {
              c.head("HTTP/1.1 200 OK", "Transfer-Encoding: chunked");
              c.lastChunk("X-Seen: " + request.trailers().first("x-sum"));
            });
    gateway(upstream);
    RawClient client = client();
    for (int i = 0; i < 3; i++) {
      client.write(
          "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nX-Sum: 1\r\n\r\n");
      RawResponse response = client.read();
      assertThat(response.body()).isEmpty();
      assertThat(response.trailers().first("x-seen")).isEqualTo("1");
    }
  }

  @Test
  void responseBodyWithLengthKeepsItsLength() throws Exception {
    gateway(upstream((request, c) -> c.reply(200, "y".repeat(MANY))));
    RawResponse response = client().get("/");
    assertThat(response.framing()).isEqualTo(Framing.LENGTH);
    assertThat(response.text()).isEqualTo("y".repeat(MANY));
  }

  @ParameterizedTest
  @ValueSource(strings = {"HTTP/1.1", "HTTP/1.0"})
  void responseThatEndsWithItsConnectionArrivesWhole(String version) throws Exception {
    gateway(
        scripted(
            c -> {
              c.request();
              c.head(version + " 200 OK", "Content-Type: text/plain");
              c.write("z".repeat(MANY));
            }));
    RawClient client = client();
    RawResponse response = client.get("/");
    assertThat(response.version()).isEqualTo("HTTP/1.1");
    assertThat(response.text()).isEqualTo("z".repeat(MANY));
  }

  @Test
  void headHasTheLengthButNoBody() throws Exception {
    gateway(
        upstream(
            (request, c) -> {
              if (request.method().equals("HEAD")) {
                c.head("HTTP/1.1 200 OK", "Content-Length: 10", "ETag: \"1\"");
              } else {
                c.reply(200, "0123456789");
              }
            }));
    RawClient client = client();
    RawResponse head = client.call("HEAD", "/");
    assertThat(head.header("content-length")).isEqualTo("10");
    assertThat(head.header("etag")).isEqualTo("\"1\"");
    assertThat(client.get("/").text()).isEqualTo("0123456789");
    assertThat(client.call("HEAD", "/").status()).isEqualTo(200);
  }

  @Test
  void headOfChunkedResponseHasNoBody() throws Exception {
    gateway(upstream((request, c) -> c.head("HTTP/1.1 200 OK", "Transfer-Encoding: chunked")));
    RawClient client = client();
    assertThat(client.call("HEAD", "/1").status()).isEqualTo(200);
    assertThat(client.call("HEAD", "/2").status()).isEqualTo(200);
  }

  @Test
  void noContentAndNotModifiedHaveNoBody() throws Exception {
    gateway(
        upstream(
            (request, c) -> {
              switch (request.target()) {
                case "/204" -> c.head("HTTP/1.1 204 No Content");
                case "/304" -> c.head("HTTP/1.1 304 Not Modified", "ETag: \"2\"");
                case "/304-with-length" ->
                    c.head("HTTP/1.1 304 Not Modified", "Content-Length: 9", "ETag: \"3\"");
                default -> c.reply(200, "body");
              }
            }));
    RawClient client = client();
    RawResponse none = client.get("/204");
    assertThat(none.status()).isEqualTo(204);
    assertThat(none.framing()).isEqualTo(Framing.NONE);
    assertThat(client.get("/304").header("etag")).isEqualTo("\"2\"");
    assertThat(client.get("/304-with-length").header("etag")).isEqualTo("\"3\"");
    assertThat(client.get("/").text()).isEqualTo("body");
  }

  @Test
  void emptyBodiesStayEmptyWithEitherFraming() throws Exception {
    ScriptedUpstream upstream =
        upstream(
            (request, c) -> {
              if (request.framing() == Framing.CHUNKED) {
                c.head("HTTP/1.1 200 OK", "Transfer-Encoding: chunked");
                c.lastChunk();
              } else {
                c.reply(200, "");
              }
            });
    gateway(upstream);
    RawClient client = client();
    client.request("POST", "/", "Content-Length: 0");
    assertThat(client.read().header("content-length")).isEqualTo("0");
    assertThat(upstream.take().framing()).isEqualTo(Framing.LENGTH);
    client.request("POST", "/", "Transfer-Encoding: chunked");
    client.lastChunk();
    assertThat(client.read().body()).isEmpty();
    assertThat(client.get("/").body()).isEmpty();
    upstream.take();
    assertThat(upstream.take().framing()).isEqualTo(Framing.NONE);
  }

  @Test
  void contentCodingIsNotTouched() throws Exception {
    gateway(
        upstream((r, c) -> c.reply(200, "\u001f\u008b not gzip at all", "Content-Encoding: gzip")));
    RawResponse response = client().get("/", "Accept-Encoding: gzip");
    assertThat(response.header("content-encoding")).isEqualTo("gzip");
    assertThat(response.text()).isEqualTo("\u001f\u008b not gzip at all");
  }
}
