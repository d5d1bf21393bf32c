package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Whoever stops reading stops the writer on the other side, not the gateway's memory. */
class BackpressureIT extends ScaledSuite implements AlsoRemote {
  private static final long BODY_BYTES = 192L << 20;

  /** What the four socket buffers on the way may hold; one alone may grow to 32 MiB. */
  private static final long MOST_IN_SOCKETS = 64L << 20;

  /** How much memory of either kind the gateway may add for one stopped stream. */
  private static final long MOST_IN_GATEWAY = 8L << 20;

  private final AtomicLong written = new AtomicLong();
  private final CompletableFuture<String> sent = new CompletableFuture<>();

  private void writeNoise(Peer peer) throws IOException {
    sent.complete(
        new Noise(1, BODY_BYTES)
            .writeTo(
                (bytes, offset, length) -> {
                  peer.out().write(bytes, offset, length);
                  written.addAndGet(length);
                }));
  }

  private void assertStopped(Memory before) {
    assertThat(Await.still(written::get)).isLessThan(MOST_IN_SOCKETS);
    Memory now = Memory.now();
    assertThat(now.direct() - before.direct()).isLessThan(MOST_IN_GATEWAY);
    assertThat(now.heap() - before.heap()).isLessThan(MOST_IN_GATEWAY);
  }

  private ScriptedUpstream download() throws IOException {
    return scripted(
        c -> {
          c.request();
          c.head("HTTP/1.1 200 OK", "Content-Length: " + BODY_BYTES);
          writeNoise(c);
          c.drain();
        });
  }

  private RawClient startUpload() throws IOException {
    RawClient client = client();
    client.request("POST", "/", "Content-Length: " + BODY_BYTES);
    CompletableFuture.runAsync(
        () -> {
          try {
            writeNoise(client);
          } catch (IOException e) {
            sent.completeExceptionally(e);
          }
        });
    return client;
  }

  @Test
  void clientThatStopsReadingStopsTheUpstream() throws Exception {
    gateway(download());
    RawClient client = clientWithSmallBuffer();
    Memory before = Memory.now();
    client.request("GET", "/");
    RawResponse head = client.readHead("GET");
    assertStopped(before);
    Digest digest = new Digest();
    client.body().copy(head.framing(), head.headers(), digest);
    assertThat(digest.hex()).isEqualTo(Await.result(sent, Await.PATIENCE));
  }

  @Test
  void upstreamThatStopsReadingStopsTheClient() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    gateway(
        scripted(
            c -> {
              RawRequest head = c.requestHead();
              release.await();
              Digest digest = new Digest();
              c.body().copy(head.framing(), head.headers(), digest);
              c.reply(200, digest.hex());
              c.drain();
            }));
    Memory before = Memory.now();
    RawClient client = startUpload();
    assertStopped(before);
    release.countDown();
    assertThat(client.read().text()).isEqualTo(Await.result(sent, Await.PATIENCE));
  }

  @Test
  void stoppedClientThatDisappearsFreesTheUpstream() throws Exception {
    ScriptedUpstream upstream = download();
    gateway(upstream);
    RawClient client = clientWithSmallBuffer();
    client.request("GET", "/");
    client.readHead("GET");
    Await.still(written::get);
    client.reset();
    Await.until("the upstream sees the end", () -> upstream.openConnections() == 0);
    assertThat(sent).isNotCompleted();
  }

  @Test
  void clientThatStopsReadingForTooLongIsCut() throws Exception {
    ScriptedUpstream upstream = download();
    Gateway gateway = gateway(GatewayConfig.to(upstream).timeout("idleMillis", 500));
    RawClient client = clientWithSmallBuffer();
    client.request("GET", "/");
    RawResponse head = client.readHead("GET");
    Await.until("the upstream is let go", () -> upstream.openConnections() == 0);
    awaitNothingLeft(gateway);
    assertThat(sent).isNotCompleted();
    assertThatThrownBy(() -> client.body().copy(head.framing(), head.headers(), new Digest()))
        .isInstanceOf(TruncatedException.class);
  }

  private static void awaitNothingLeft(Gateway gateway) {
    Await.until(
        () -> "the gateway lets go of its connections: " + gateway.leftBehind(),
        () -> gateway.leftBehind().isEmpty(),
        Await.PATIENCE);
  }

  @Test
  void clientThatNeverReadsTheEndOfAResponseIsCut() throws Exception {
    String page = "p".repeat(50_000);
    Gateway gateway =
        gateway(
            GatewayConfig.to(upstream((request, c) -> c.reply(200, page)))
                .listener("idleTimeoutMillis", 500)
                .listener("headerTimeoutMillis", 300));
    RawClient client = clientWithSmallBuffer();
    CompletableFuture<Void> writing =
        CompletableFuture.runAsync(
            () -> {
              while (!sent.isDone()) {
                try {
                  client.request("GET", "/");
                } catch (IOException e) {
                  sent.complete("The gateway has closed");
                }
              }
            });
    Await.until("the gateway cuts the client", sent::isDone);
    writing.join();
    awaitNothingLeft(gateway);
  }

  @Test
  void clientThatReadsAgainAfterAWhileGetsWhatItAskedFor() throws Exception {
    String page = "p".repeat(50_000);
    gateway(
        GatewayConfig.to(upstream((request, c) -> c.reply(200, page)))
            .listener("headerTimeoutMillis", 300));
    RawClient client = clientWithSmallBuffer();
    int asked = 400;
    for (int i = 0; i < asked; i++) {
      client.request("GET", "/");
    }
    Await.until("the first answer is there", client::hasInput);
    Await.still(() -> System.nanoTime() / 1_500_000_000L);
    for (int i = 0; i < asked; i++) {
      assertThat(client.read().text()).isEqualTo(page);
    }
  }

  @Test
  void clientOfAStoppedUpstreamThatDisappearsLeavesNothingBehind() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    ScriptedUpstream upstream =
        scripted(
            c -> {
              c.requestHead();
              release.await();
            });
    Gateway gateway = gateway(GatewayConfig.to(upstream).timeout("idleMillis", 1_000));
    RawClient client = startUpload();
    Await.still(written::get);
    client.reset();
    awaitNothingLeft(gateway);
    release.countDown();
  }

  @Test
  void stoppedUpstreamThatDisappearsFreesTheClient() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    gateway(
        scripted(
            c -> {
              c.requestHead();
              release.await();
              c.reset();
            }));
    RawClient client = startUpload();
    Await.still(written::get);
    release.countDown();
    RawResponse response = client.read();
    assertThat(response.status()).isEqualTo(502);
    assertThat(response.flag()).isEqualTo("UF");
    client.close();
    Await.until("the client's write ends", sent::isDone);
    assertThatThrownBy(sent::join).hasCauseInstanceOf(IOException.class);
  }

  @Test
  void clientThatSendsOnAndOnWithoutReadingIsStopped() throws Exception {
    String page = "p".repeat(50_000);
    gateway(upstream((request, c) -> c.reply(200, page)));
    RawClient client = clientWithSmallBuffer();
    Memory before = Memory.now();
    CompletableFuture.runAsync(
        () -> {
          try {
            while (written.get() < BODY_BYTES) {
              client.request("GET", "/", "X-Fill: " + "x".repeat(4_000));
              written.addAndGet(4_000);
            }
          } catch (IOException e) {
            sent.completeExceptionally(e);
          }
        });
    assertStopped(before);
    for (int i = 0; i < 100; i++) {
      assertThat(client.read().text()).isEqualTo(page);
    }
    client.close();
    Await.until("the client's write ends", sent::isDone);
  }

  @Test
  void clientThatStoppedLearnsLaterThatTheUpstreamDisappeared() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    gateway(
        upstream(
            (request, c) -> {
              c.head("HTTP/1.1 200 OK", "Content-Length: " + BODY_BYTES);
              c.write(new byte[1 << 20]);
              release.await();
              c.reset();
            }));
    RawClient client = clientWithSmallBuffer();
    client.request("GET", "/");
    RawResponse head = client.readHead("GET");
    release.countDown();
    assertThatThrownBy(() -> client.readBody(head)).isInstanceOf(TruncatedException.class);
  }
}
