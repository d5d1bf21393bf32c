package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two nodes in processes of their own, with little memory: clients connect to one, services are
 * connected to the other. Bodies have {@value #DEFAULT_MIB} MiB; another size with {@code
 * -Dweir.remoteMiB=1024}.
 */
@Timeout(300)
class RemoteProcessesIT extends GatewaySuite {
  private static final long DEFAULT_MIB = 48;
  private static final long BODY_BYTES = Long.getLong("weir.remoteMiB", DEFAULT_MIB) << 20;
  private static final int STOPS = 4;
  private static final Duration LONG = Duration.ofSeconds(240);
  private static final Duration AT_ONCE = Duration.ofSeconds(3);
  private static final String[] LIMITS = {
    "-Xmx128m", "-XX:MaxDirectMemorySize=64m", "-XX:+ExitOnOutOfMemoryError"
  };

  @TempDir Path directory;

  private final AtomicLong written = new AtomicLong();
  private WeirProcess front;
  private WeirProcess behind;
  private int port;

  private void start(ScriptedUpstream upstream) throws IOException {
    Loopback cluster = new Loopback(2);
    port = Ports.unused();
    GatewayConfig config =
        GatewayConfig.to(upstream).listener("port", port).with("/admin/enabled", false);
    Path back = Files.createDirectory(directory.resolve("behind"));
    behind = WeirProcess.start(back, config.behind(), cluster, 1, LIMITS);
    front = WeirProcess.start(directory, config.front(), cluster, 0, LIMITS);
    Await.until(() -> "the nodes know of each other: " + front.output(), this::isServed, LONG);
  }

  private boolean isServed() {
    try (RawClient client = RawClient.connect(port)) {
      return client.get("/ready").status() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  @AfterEach
  void stop() {
    front.close();
    behind.close();
  }

  private String writeNoise(Peer peer) throws IOException {
    return new Noise(3, BODY_BYTES)
        .writeTo(
            (bytes, offset, length) -> {
              peer.out().write(bytes, offset, length);
              written.addAndGet(length);
            });
  }

  /** Reads, and stops now and then until the writer at the other end has stopped too. */
  private String readSlowly(WireBody body, Fields headers) throws IOException {
    Digest digest = new Digest();
    long[] next = {BODY_BYTES / STOPS};
    body.copy(
        Framing.LENGTH,
        headers,
        (bytes, offset, length) -> {
          digest.write(bytes, offset, length);
          if (digest.bytes() > next[0]) {
            next[0] += BODY_BYTES / STOPS;
            Await.still(written::get);
          }
        });
    assertThat(digest.bytes()).isEqualTo(BODY_BYTES);
    return digest.hex();
  }

  @Test
  void bigBodiesArriveWholeThroughLittleMemory() throws Exception {
    CompletableFuture<String> sent = new CompletableFuture<>();
    start(
        scripted(
            c -> {
              RawRequest head;
              while ((head = c.requestHead()) != null) {
                if (head.method().equals("POST")) {
                  c.reply(200, readSlowly(c.body(), head.headers()));
                } else if (head.target().equals("/ready")) {
                  c.reply(200, "");
                } else {
                  c.head("HTTP/1.1 200 OK", "Content-Length: " + BODY_BYTES);
                  sent.complete(writeNoise(c));
                }
              }
            }));
    RawClient client = client(port);
    client.request("POST", "/", "Content-Length: " + BODY_BYTES);
    String uploaded = writeNoise(client);
    assertThat(client.read().text()).isEqualTo(uploaded);
    client.request("GET", "/");
    RawResponse head = client.readHead("GET");
    assertThat(readSlowly(client.body(), head.headers())).isEqualTo(Await.result(sent, LONG));
    assertThat(front.isAlive()).isTrue();
    assertThat(behind.isAlive()).isTrue();
  }

  private ScriptedUpstream half(CountDownLatch release) throws IOException {
    return upstream(
        (request, c) -> {
          if (request.target().equals("/ready")) {
            c.reply(200, "", "Connection: close");
          } else {
            c.head("HTTP/1.1 200 OK", "Content-Length: 10");
            c.write("half");
            release.await();
          }
        });
  }

  @Test
  void servingNodeThatIsKilled_breaksTheResponseAtOnce() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    start(half(release));
    RawClient client = client(port);
    client.request("GET", "/");
    RawResponse head = client.readHead("GET");
    assertThat(new String(client.body().bytes(4))).isEqualTo("half");
    long killed = System.nanoTime();
    behind.kill();
    assertThatThrownBy(() -> client.readBody(head)).isInstanceOf(TruncatedException.class);
    Duration took = Duration.ofNanos(System.nanoTime() - killed);
    System.out.println("The client saw the broken response after " + took.toMillis() + " ms");
    assertThat(took).isLessThan(AT_ONCE);
    RawResponse next = client(port).get("/");
    assertThat(next.flag()).isIn("UH", "UF");
    release.countDown();
  }

  @Test
  void ingressNodeThatIsKilled_freesTheUpstream() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    ScriptedUpstream upstream = half(release);
    start(upstream);
    RawClient client = client(port);
    client.request("GET", "/");
    client.readHead("GET");
    release.countDown();
    int before = upstream.openConnections();
    assertThat(before).isPositive();
    front.kill();
    Await.until("the upstream is let go", () -> upstream.openConnections() == 0);
  }
}
