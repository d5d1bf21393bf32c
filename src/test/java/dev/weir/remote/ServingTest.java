package dev.weir.remote;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.balancer.BalancerVerticle;
import dev.weir.exchange.Flag;
import dev.weir.node.Node;
import dev.weir.remote.Frame.Type;
import dev.weir.upstream.UpstreamVerticle;
import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a serving node makes of the frames of another one, which is played here. */
@Timeout(60)
class ServingTest {
  private static final long LINK = 77;
  private static final int STREAM = 1;
  private static final int MORE_THAN_SOCKETS_HOLD = 64 << 20;
  private static final int BIG = 4 * Window.BYTES;

  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
  private final BlockingQueue<Frame> received = new LinkedBlockingQueue<>();
  private final CompletableFuture<HttpServerRequest> arrived = new CompletableFuture<>();
  private final CompletableFuture<HttpServerRequest> cancelled = new CompletableFuture<>();
  private String address;
  private int sequence;

  @BeforeEach
  void start() throws Exception {
    int port =
        result(vertx.createHttpServer().requestHandler(this::serve).listen(0, "127.0.0.1"))
            .actualPort();
    JsonObject endpoint = new JsonObject().put("host", "127.0.0.1").put("port", port);
    JsonObject upstream = new JsonObject().put("endpoints", JsonArray.of(endpoint));
    JsonObject upstreams =
        new JsonObject().put("main", upstream.copy().put("remote", true)).put("own", upstream);
    JsonObject config =
        new JsonObject()
            .put("upstreams", upstreams)
            .put("accessLog", new JsonObject().put("mode", "off"));
    for (Deployable role :
        new Deployable[] {new UpstreamVerticle(), new BalancerVerticle(), new RemoteVerticle()}) {
      result(vertx.deployVerticle(role, new DeploymentOptions().setConfig(config)));
    }
    address = Door.address(Node.of(vertx).id(), 0);
    vertx
        .eventBus()
        .localConsumer(
            Door.address("other", 3), message -> received.add(Frame.decode(message.body())));
  }

  private void serve(HttpServerRequest request) {
    request.connection().closeHandler(closed -> cancelled.complete(request));
    switch (request.path()) {
      case "/big" -> request.response().end(Buffer.buffer(new byte[BIG]));
      case "/echo" -> request.body().onSuccess(body -> request.response().end(body));
      default -> {
        request.pause(); // And waits.
        arrived.complete(request);
      }
    }
  }

  @AfterEach
  void stop() throws Exception {
    result(vertx.close());
  }

  private static <T> T result(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  private void hello() {
    send(Type.HELLO, 0, false, new JsonObject().put("node", "other").put("door", 3), Frame.NOTHING);
  }

  private void send(Type type, int stream, boolean end, JsonObject json, Buffer body) {
    Buffer encoded = json == null ? null : json.toBuffer();
    vertx
        .eventBus()
        .send(address, Frame.encode(type, LINK, sequence++, stream, end, encoded, body));
  }

  private static JsonObject head(String method, String target, String body) {
    return new JsonObject()
        .put("id", "id-1")
        .put("method", method)
        .put("target", target)
        .put("fields", JsonArray.of("Host", "a"))
        .put("body", body)
        .put("version", "HTTP_1_1")
        .put("client", "127.0.0.1")
        .put("route", "all")
        .put("upstream", "main")
        .put("hostFromEndpoint", false)
        .put("bodyTimeoutNanos", TimeUnit.MINUTES.toNanos(1))
        .put("minBytesPerSecond", 0)
        .put("rateWindowNanos", 0);
  }

  private void get(String target) {
    send(Type.HEAD, STREAM, true, head("GET", target, "NONE"), Frame.NOTHING);
  }

  private void post(String target) {
    JsonObject head = head("POST", target, "STREAMED");
    send(Type.HEAD, STREAM, false, head, Frame.NOTHING);
  }

  /** The next frame that is no sign of life. */
  private Frame next() throws Exception {
    Frame frame;
    do {
      frame = received.poll(20, TimeUnit.SECONDS);
      assertThat(frame).as("a frame").isNotNull();
    } while (frame.type() == Type.PING);
    return frame;
  }

  private void assertGone() throws Exception {
    assertThat(next().type()).isEqualTo(Type.GONE);
  }

  private void assertReset() throws Exception {
    Frame frame = next();
    assertThat(frame.type()).isEqualTo(Type.RESET);
    assertThat(frame.stream()).isEqualTo(STREAM);
  }

  /** The link serves another stream. */
  private void assertLinkWorks() throws Exception {
    send(Type.HEAD, STREAM + 1, true, head("GET", "/echo", "NONE"), Frame.NOTHING);
    Frame answer = next();
    assertThat(answer.type()).isEqualTo(Type.HEAD);
    assertThat(answer.stream()).isEqualTo(STREAM + 1);
  }

  @Test
  void bodyGoesNoFurtherThanItsCredit() throws Exception {
    hello();
    get("/big");
    assertThat(receive(Window.BYTES)).isEqualTo(Window.BYTES);
    assertNothingButSignsOfLife();
    for (int i = 1; i < BIG / Window.BYTES; i++) {
      send(Type.CREDIT, STREAM, false, null, Buffer.buffer().appendInt(Window.BYTES));
      assertThat(receive(Window.BYTES)).isEqualTo(Window.BYTES);
    }
  }

  private int receive(int bytes) throws Exception {
    int sum = 0;
    while (sum < bytes) {
      sum += next().body().length();
    }
    return sum;
  }

  private void assertNothingButSignsOfLife() throws Exception {
    assertThat(received.poll(20, TimeUnit.SECONDS).type()).isEqualTo(Type.PING);
    assertThat(received).isEmpty();
  }

  @Test
  void requestGetsCreditAndAnAnswer() throws Exception {
    hello();
    post("/echo");
    assertThat(next().credit()).isEqualTo(Window.BYTES);
    send(Type.DATA, STREAM, false, null, Buffer.buffer("ab"));
    send(Type.DATA, STREAM, true, null, Buffer.buffer("cd"));
    Frame answer = next();
    assertThat(answer.type()).isEqualTo(Type.HEAD);
    ResponseHead head = ResponseHead.of(answer.json());
    assertThat(head.status()).isEqualTo(200);
    assertThat(answer.end()).isTrue();
    assertThat(answer.body().toString()).isEqualTo("abcd");
    assertThat(head.end().attempts()).isEqualTo(1);
  }

  @Test
  void frameThatIsMissing_breaksTheLinkAndCancelsTheRequest() throws Exception {
    hello();
    get("/waits");
    arrived.get(20, TimeUnit.SECONDS);
    sequence++;
    send(Type.PING, 0, false, null, Frame.NOTHING);
    assertGone();
    cancelled.get(20, TimeUnit.SECONDS);
  }

  @Test
  void bodyBeyondItsCredit_isReset() throws Exception {
    hello();
    post("/waits");
    assertThat(next().type()).isEqualTo(Type.CREDIT);
    for (int sent = 0; sent < MORE_THAN_SOCKETS_HOLD; sent += Frame.MAX_BODY_BYTES) {
      send(Type.DATA, STREAM, false, null, Buffer.buffer(new byte[Frame.MAX_BODY_BYTES]));
    }
    Frame frame = next();
    while (frame.type() == Type.CREDIT) {
      frame = next();
    }
    assertThat(frame.type()).isEqualTo(Type.RESET);
    assertLinkWorks();
  }

  @Test
  void reset_cancelsTheRequest() throws Exception {
    hello();
    get("/waits");
    arrived.get(20, TimeUnit.SECONDS);
    send(Type.RESET, STREAM, true, Ending.of(Flag.DC), Frame.NOTHING);
    cancelled.get(20, TimeUnit.SECONDS);
  }

  @Test
  void upstreamThatIsNotRemote_isRefused() throws Exception {
    hello();
    JsonObject head = head("GET", "/", "NONE").put("upstream", "own");
    send(Type.HEAD, STREAM, true, head, Frame.NOTHING);
    assertThat(next().type()).isEqualTo(Type.REFUSED);
  }

  @Test
  void headThatCouldBeReadInTwoWays_isReset() throws Exception {
    hello();
    JsonObject head = head("GET", "/", "NONE").put("fields", JsonArray.of("X", "a\r\nY: b"));
    send(Type.HEAD, STREAM, true, head, Frame.NOTHING);
    assertReset();
    assertLinkWorks();
  }

  @Test
  void frameWhoseJsonIsNone_breaksItsStreamAlone() throws Exception {
    hello();
    post("/waits");
    assertThat(next().type()).isEqualTo(Type.CREDIT);
    send(Type.DATA, STREAM, false, null, Buffer.buffer("a"));
    arrived.get(20, TimeUnit.SECONDS);
    sendText(Type.DATA, Buffer.buffer("{\"trailers\":"));
    assertReset();
    cancelled.get(20, TimeUnit.SECONDS);
    assertLinkWorks();
  }

  private void sendText(Type type, Buffer json) {
    Buffer frame = Frame.encode(type, LINK, sequence++, STREAM, true, json, Frame.NOTHING);
    vertx.eventBus().send(address, frame);
  }

  @Test
  void headWhoseJsonIsNone_isReset() throws Exception {
    hello();
    sendText(Type.HEAD, Buffer.buffer("[]"));
    assertReset();
    assertLinkWorks();
  }

  @Test
  void streamThatWasThereBefore_breaksTheLink() throws Exception {
    hello();
    get("/echo");
    assertThat(next().type()).isEqualTo(Type.HEAD);
    get("/echo");
    assertGone();
  }

  @Test
  void silentNode_isGivenUp() throws Exception {
    hello();
    get("/waits");
    assertGone(); // Three seconds later, which is cluster.memberTimeoutMillis.
    cancelled.get(20, TimeUnit.SECONDS);
  }
}
