package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Bodies far larger than the gateway's memory, with a reader that stops now and then. */
class BigBodyIT extends GatewaySuite {
  private static final long BODY_BYTES = 1L << 30;

  /** After how many bytes the reader stops until the writer has stopped too. */
  private static final long STOP_EVERY_BYTES = 300L << 20;

  private static final Duration LONG = Duration.ofSeconds(60);
  private static final String[] LIMITS = {"-Xmx128m", "-XX:MaxDirectMemorySize=64m"};
  private static final long FLAT_HEAP_BYTES = 16L << 20;
  private static final long FLAT_DIRECT_BYTES = 16L << 20;

  @TempDir Path directory;

  private final AtomicLong written = new AtomicLong();
  private final List<Memory> memories = new ArrayList<>();

  private String writeNoise(Peer peer) throws IOException {
    return new Noise(2, BODY_BYTES)
        .writeTo(
            (bytes, offset, length) -> {
              peer.out().write(bytes, offset, length);
              written.addAndGet(length);
            });
  }

  /** Reads with pauses, and looks at the gateway's memory in each. */
  private String readSlowly(WireBody body, Fields headers, GatewayProcess gateway)
      throws IOException {
    Digest digest = new Digest();
    long[] next = {STOP_EVERY_BYTES};
    body.copy(
        Framing.LENGTH,
        headers,
        (bytes, offset, length) -> {
          digest.write(bytes, offset, length);
          if (digest.bytes() > next[0]) {
            next[0] += STOP_EVERY_BYTES;
            Await.still(written::get);
            memories.add(gateway.memory());
          }
        });
    assertThat(digest.bytes()).isEqualTo(BODY_BYTES);
    return digest.hex();
  }

  private void assertFlat() {
    assertThat(memories).hasSizeGreaterThanOrEqualTo(3);
    Memory first = memories.get(0);
    assertThat(memories)
        .allSatisfy(
            memory -> {
              assertThat(memory.heap()).isLessThan(first.heap() + FLAT_HEAP_BYTES);
              assertThat(memory.direct()).isLessThan(first.direct() + FLAT_DIRECT_BYTES);
            });
  }

  @Test
  @Timeout(60)
  void bigUploadArrivesWholeThroughLittleMemory() throws Exception {
    CompletableFuture<GatewayProcess> started = new CompletableFuture<>();
    ScriptedUpstream upstream =
        scripted(
            c -> {
              RawRequest head = c.requestHead();
              c.reply(200, readSlowly(c.body(), head.headers(), started.get()));
              c.drain();
            });
    try (GatewayProcess gateway =
        GatewayProcess.start(GatewayConfig.to(upstream), directory, LIMITS)) {
      started.complete(gateway);
      RawClient client = client(gateway.port());
      client.request("POST", "/", "Content-Length: " + BODY_BYTES);
      String sent = writeNoise(client);
      assertThat(client.read().text()).isEqualTo(sent);
    }
    assertFlat();
  }

  @Test
  @Timeout(60)
  void bigDownloadArrivesWholeThroughLittleMemory() throws Exception {
    CompletableFuture<String> sent = new CompletableFuture<>();
    ScriptedUpstream upstream =
        upstream(
            (request, c) -> {
              c.head("HTTP/1.1 200 OK", "Content-Length: " + BODY_BYTES);
              sent.complete(writeNoise(c));
            });
    try (GatewayProcess gateway =
        GatewayProcess.start(GatewayConfig.to(upstream), directory, LIMITS)) {
      RawClient client = client(gateway.port());
      client.request("GET", "/");
      RawResponse head = client.readHead("GET");
      String received = readSlowly(client.body(), head.headers(), gateway);
      assertThat(received).isEqualTo(Await.result(sent, LONG));
    }
    assertFlat();
  }
}
