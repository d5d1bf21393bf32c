package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What bodies may be, by content type: how large, and how they look inside. */
class BodyRulesIT extends ScaledSuite implements AlsoRemote {
  private static final int LIMIT = 100_000;
  private static final String JSON = "Content-Type: application/json";
  private static final String CHUNKED = "Transfer-Encoding: chunked";

  /** What each connection of the upstream has received when it ended within a request. */
  private final BlockingQueue<String> brokenOff = new LinkedBlockingQueue<>();

  private ScriptedUpstream upstream() throws Exception {
    return scripted(
        c -> {
          for (RawRequest head = c.requestHead(); head != null; head = c.requestHead()) {
            StringBuilder received = new StringBuilder();
            try {
              c.body()
                  .copy(
                      head.framing(),
                      head.headers(),
                      (bytes, offset, length) ->
                          received.append(new String(bytes, offset, length)));
            } catch (TruncatedException e) {
              brokenOff.add(received.toString());
              throw e;
            }
            c.reply(200, "got " + received.length());
          }
        });
  }

  private GatewayConfig validating() throws Exception {
    GatewayConfig config = GatewayConfig.to(upstream());
    for (String kind : new String[] {"json", "form", "multipart", "text"}) {
      config.with("/bodies/" + kind + "/validate", true);
    }
    return config;
  }

  private String brokenOff() throws InterruptedException {
    return brokenOff.poll(Await.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static void assertInvalid(RawResponse response, int position) {
    assertThat(response.status()).isEqualTo(400);
    assertThat(response.flag()).isEqualTo("BI");
    JsonObject problem = new JsonObject(response.text());
    assertThat(problem.getInteger("position")).isEqualTo(position);
    assertThat(problem.getString("detail")).startsWith("At byte " + position + " of the body: ");
  }

  private RawResponse post(RawClient client, String type, String body) throws Exception {
    client.request("POST", "/", "Content-Type: " + type, "Content-Length: " + body.length());
    client.write(body);
    return client.read();
  }

  @ParameterizedTest
  @CsvSource({
    "json, application/json",
    "json, application/problem+json; charset=utf-8",
    "form, application/x-www-form-urlencoded",
    "multipart, multipart/form-data; boundary=b",
    "text, text/csv",
    "other, image/png"
  })
  void sizedBodyOverItsLimit_isRefusedWithoutTheUpstream(String kind, String type)
      throws Exception {
    ScriptedUpstream upstream = upstream();
    gateway(GatewayConfig.to(upstream).with("/bodies/" + kind + "/maxBytes", LIMIT));
    assertThat(post(client(), type, "x".repeat(LIMIT)).text()).isEqualTo("got " + LIMIT);
    int connections = upstream.connections();
    RawClient client = client();
    client.request("POST", "/", "Content-Type: " + type, "Content-Length: " + (LIMIT + 1));
    RawResponse response = client.read();
    assertThat(response.status()).isEqualTo(413);
    assertThat(response.flag()).isEqualTo("PL");
    assertThat(response.header("connection")).isEqualTo("close");
    assertThat(upstream.connections()).isEqualTo(connections);
    assertThat(upstream.requests()).isEqualTo(1);
  }

  @Test
  void chunkedBody_isCutAtTheByteAfterItsLimit() throws Exception {
    gateway(GatewayConfig.to(upstream()).with("/bodies/json/maxBytes", LIMIT));
    RawClient exact = client();
    exact.request("POST", "/", JSON, CHUNKED);
    exact.chunk("1".repeat(LIMIT));
    exact.lastChunk();
    assertThat(exact.read().text()).isEqualTo("got " + LIMIT);
    RawClient over = client();
    over.request("POST", "/", JSON, CHUNKED);
    over.chunk("1".repeat(LIMIT));
    over.chunk("2");
    RawResponse response = over.read();
    assertThat(response.status()).isEqualTo(413);
    assertThat(response.flag()).isEqualTo("PL");
    over.lastChunk();
    over.expectClosed();
    assertThat(brokenOff()).doesNotContain("2");
  }

  @Test
  void limitOfTheListener_isAnUpperBound() throws Exception {
    gateway(
        GatewayConfig.to(upstream())
            .listener("maxRequestBytes", 10)
            .with("/bodies/json/maxBytes", 20)
            .with("/bodies/text/maxBytes", 5));
    assertThat(post(client(), "application/json", "1".repeat(11)).status()).isEqualTo(413);
    assertThat(post(client(), "image/png", "1".repeat(11)).status()).isEqualTo(413);
    assertThat(post(client(), "text/plain", "1".repeat(6)).status()).isEqualTo(413);
    assertThat(post(client(), "application/json", "1".repeat(10)).status()).isEqualTo(200);
  }

  @Test
  void routeReplacesTheRulesOfAKind() throws Exception {
    gateway(
        validating()
            .route("bodies", new JsonObject().put("json", new JsonObject().put("maxBytes", 4))));
    assertThat(post(client(), "application/json", "[[[[").status()).isEqualTo(200);
    assertThat(post(client(), "application/json", "[[[[[").status()).isEqualTo(413);
    assertThat(post(client(), "text/plain", "\u00ff").status()).isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource({
    "application/json, '{\"a\": [1, 2, x]}', 13",
    "application/json, '{\"a\": 1', 7",
    "application/x-www-form-urlencoded, a=%4, 4",
    "application/x-www-form-urlencoded, a=b c, 3",
    "multipart/form-data; boundary=b, '--b x', 4",
    "text/plain, ab\u00ff, 2"
  })
  void invalidBody_isAnsweredWithItsPosition(String type, String body, int position)
      throws Exception {
    gateway(validating());
    RawClient client = client();
    assertInvalid(post(client, type, body), position);
    // All of it had come, so the connection is as good as before.
    assertThat(post(client, "application/json", "[1]").text()).isEqualTo("got 3");
  }

  @Test
  void validBodies_passUnchanged() throws Exception {
    gateway(validating());
    RawClient client = client();
    assertThat(post(client, "application/json", "{\"a\": [1, -2.5e3]}").text()).isEqualTo("got 18");
    assertThat(post(client, "application/x-www-form-urlencoded", "a=%41&b").status())
        .isEqualTo(200);
    String parts = "--b\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n--b--\r\n";
    assertThat(post(client, "multipart/form-data; boundary=\"b\"", parts).status()).isEqualTo(200);
    assertThat(post(client, "text/plain", "\u00c3\u00a4").status()).isEqualTo(200);
    assertThat(post(client, "text/plain; charset=latin1", "\u00ff").status()).isEqualTo(200);
    assertThat(post(client, "image/png", "\u00ff").status()).isEqualTo(200);
  }

  @Test
  void chunkedBodyThatTurnsInvalid_resetsTheRequestToTheUpstream() throws Exception {
    gateway(validating());
    RawClient client = client();
    client.request("POST", "/", JSON, CHUNKED);
    String good = "[" + "1,".repeat(LIMIT / 2);
    client.chunk(good);
    client.chunk("]");
    assertInvalid(client.read(), good.length());
    assertThat(brokenOff()).doesNotContain("]");
    client.lastChunk();
    client.expectClosed();
  }

  @Test
  void chunkedBodyThatEndsTooEarly_keepsTheConnectionOfTheClient() throws Exception {
    gateway(validating());
    RawClient client = client();
    client.request("POST", "/", JSON, CHUNKED);
    client.chunk("[1");
    client.lastChunk();
    assertInvalid(client.read(), 2);
    assertThat(post(client, "application/json", "[1]").text()).isEqualTo("got 3");
  }

  @Test
  void pipelinedBody_isLookedAtToo() throws Exception {
    gateway(validating());
    RawClient client = client();
    String head = "POST / HTTP/1.1\r\nHost: a\r\n" + JSON + "\r\n" + CHUNKED + "\r\n\r\n";
    client.write(head + "3\r\n[1]\r\n0\r\n\r\n" + head + "3\r\n[1}\r\n0\r\n\r\n");
    assertThat(client.read().text()).isEqualTo("got 3");
    assertInvalid(client.read(), 2);
  }

  @Test
  void bodyThatCannotBeLookedInto_isRefused() throws Exception {
    ScriptedUpstream upstream = upstream();
    gateway(validating());
    RawClient client = client();
    client.request("POST", "/", JSON, "Content-Encoding: gzip", "Content-Length: 5");
    RawResponse response = client.read();
    assertThat(response.status()).isEqualTo(415);
    assertThat(response.flag()).isEqualTo("BI");
    assertThat(post(client(), "multipart/form-data", "--b--").status()).isEqualTo(400);
    assertThat(upstream.requests()).isZero();
  }

  @Test
  void secondContentType_isRefused() throws Exception {
    gateway(upstream());
    RawClient client = client();
    client.request("POST", "/", JSON, "Content-Type: text/plain", "Content-Length: 1");
    RawResponse response = client.read();
    assertThat(response.status()).isEqualTo(400);
    assertThat(response.flag()).isEqualTo("BR");
  }

  private static JsonObject value(String at, String matches) {
    return new JsonObject().put("at", at).put("matches", matches).put("required", true);
  }

  @Test
  void valuesInsideOfBodiesDecide() throws Exception {
    JsonArray json = new JsonArray().add(value("/customer/role", "user|guest"));
    JsonArray form = new JsonArray().add(value("/amount", "[0-9]+"));
    JsonArray parts = new JsonArray().add(value("/avatar/content-type", "image/.*"));
    gateway(
        GatewayConfig.to(upstream())
            .with("/bodies/json/values", json)
            .with("/bodies/form/values", form)
            .with("/bodies/multipart/values", parts));
    RawClient client = client();
    String type = "application/json";
    assertThat(post(client, type, "{\"customer\":{\"role\":\"user\"}}").status()).isEqualTo(200);
    assertInvalid(post(client, type, "{\"customer\":{\"role\":\"root\"}}"), 25);
    assertInvalid(post(client, type, "{\"customer\":{}}"), 15);
    String fields = "application/x-www-form-urlencoded";
    assertThat(post(client, fields, "amount=12&to=me").status()).isEqualTo(200);
    assertInvalid(post(client, fields, "amount=-12&to=me"), 10);
    String multipart = "multipart/form-data; boundary=bd";
    String head = "--bd\r\nContent-Disposition: form-data; name=\"avatar\"\r\nContent-Type: ";
    assertThat(post(client, multipart, head + "image/png\r\n\r\nx\r\n--bd--").status())
        .isEqualTo(200);
    RawResponse refused = post(client, multipart, head + "text/html\r\n\r\nx\r\n--bd--");
    assertInvalid(refused, head.length() + 12);
  }

  @Test
  void valueThatIsNotRight_breaksOffTheRequestBeforeIt() throws Exception {
    JsonArray json = new JsonArray().add(value("/role", "user"));
    gateway(GatewayConfig.to(upstream()).with("/bodies/json/values", json));
    RawClient client = client();
    client.request("POST", "/", JSON, CHUNKED);
    String piece = "{\"a\":\"" + "x".repeat(LIMIT) + "\",";
    client.write(Integer.toHexString(piece.length()) + "\r\n" + piece + "\r\n");
    client.write("10\r\n\"role\":\"root\"}\n\r\n");
    assertInvalid(client.read(), piece.length() + 12);
    // What was on its way to the upstream when the connection was closed may not have arrived.
    assertThat(piece).startsWith(brokenOff());
  }
}
