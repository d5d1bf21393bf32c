package dev.weir.health;

import dev.weir.config.ActiveHealthConfig;
import dev.weir.config.EndpointConfig;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.ext.web.client.HttpResponse;
import java.nio.charset.StandardCharsets;

/**
 * Asks the health service of gRPC, {@code grpc.health.v1.Health/Check}, over HTTP/2, in clear text
 * or with TLS. The two messages are few enough bytes to be written and read by hand: the question
 * has the service as field 1, the answer the state as field 1, and 1 is SERVING.
 */
final class GrpcProbe implements Probe {

  private static final String PATH = "/grpc.health.v1.Health/Check";
  private static final int FRAME_HEAD_BYTES = 5;
  private static final int FIELD_1_TEXT = 0x0A;
  private static final int FIELD_1_NUMBER = 0x08;
  private static final int SERVING = 1;

  private final ProbeConnection connection;
  private final Buffer question;

  /**
   * @param client makes the connections of all such probes
   * @param name where the endpoint is
   */
  GrpcProbe(
      HttpClientAgent client, EndpointConfig endpoint, ActiveHealthConfig config, NameWatch name) {
    RequestOptions wanted = new RequestOptions().setMethod(HttpMethod.POST).setURI(PATH);
    wanted
        .addHeader(HttpHeaders.USER_AGENT, HttpProbe.USER_AGENT)
        .addHeader("content-type", "application/grpc")
        .addHeader("te", "trailers");
    connection = new ProbeConnection(client, endpoint, config, wanted, null, name);
    question = question(config.service());
  }

  /** Those of the client that makes the connections of all such probes. */
  static HttpClientOptions options() {
    return HttpProbe.options()
        .setProtocolVersion(HttpVersion.HTTP_2)
        .setHttp2ClearTextUpgrade(false)
        .setUseAlpn(true);
  }

  private static Buffer question(String service) {
    byte[] name = service.getBytes(StandardCharsets.UTF_8);
    Buffer message = Buffer.buffer();
    if (name.length > 0) {
      message.appendByte((byte) FIELD_1_TEXT);
      varint(message, name.length);
      message.appendBytes(name);
    }
    return Buffer.buffer().appendByte((byte) 0).appendInt(message.length()).appendBuffer(message);
  }

  private static void varint(Buffer out, int value) {
    int rest = value;
    while (rest > 0x7F) {
      out.appendByte((byte) (rest & 0x7F | 0x80));
      rest >>>= 7;
    }
    out.appendByte((byte) rest);
  }

  @Override
  public Future<Boolean> run() {
    return connection.ask(question).compose(GrpcProbe::judge).map(done -> false);
  }

  private static Future<Void> judge(HttpResponse<Buffer> response) {
    String status = response.getHeader("grpc-status"); // Alone where there is no message.
    if (status == null) {
      status = response.getTrailer("grpc-status");
    }
    if (response.statusCode() != 200 || status != null && !status.equals("0")) {
      return ProbeFailure.of(
          "status " + response.statusCode() + ", grpc-status " + status, "200, 0");
    }
    int state = state(response.body());
    return state == SERVING
        ? Future.succeededFuture()
        : ProbeFailure.of("state " + state, SERVING + ", SERVING");
  }

  /** The state that an answer tells: 0, UNKNOWN, when it tells none. */
  private static int state(Buffer body) {
    boolean told =
        body != null
            && body.length() >= FRAME_HEAD_BYTES + 2
            && body.getByte(0) == 0
            && body.getByte(FRAME_HEAD_BYTES) == FIELD_1_NUMBER;
    return told ? body.getByte(FRAME_HEAD_BYTES + 1) : 0;
  }

  @Override
  public void cancel() {
    connection.cancel();
  }

  @Override
  public void close() {
    connection.cancel();
  }
}
