package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A thousand clients that send slowly cost memory in proportion, and nobody else his time. */
class SlowUploadsIT extends GatewaySuite {
  private static final int UPLOADS = 1000;
  private static final int UPLOAD_BYTES = 10_000_000;
  private static final String[] LIMITS = {"-Xmx128m", "-XX:MaxDirectMemorySize=64m"};
  private static final long HEAP_BYTES_PER_UPLOAD = 24_000;
  private static final long DIRECT_BYTES = 16L << 20;
  private static final int REQUESTS = 3000;
  private static final long PAUSE_NANOS = 500_000;

  /** The test's own threads share the cores: the figure for a quiet machine is the load test's. */
  private static final long SLACK_NANOS = 50_000_000;

  @TempDir Path directory;

  private final List<RawClient> uploads = new ArrayList<>();
  private final AtomicBoolean over = new AtomicBoolean();

  private GatewayProcess gateway() throws IOException {
    ScriptedUpstream upstream = upstream((request, c) -> c.reply(200, "ok"));
    GatewayConfig config =
        GatewayConfig.to(upstream)
            .with("/upstreams/main/pool/maxConnections", 2 * UPLOADS)
            .with("/bodies/json", new JsonObject().put("maxBytes", 0).put("validate", true));
    return GatewayProcess.start(config, directory, LIMITS);
  }

  private void startUploads(int port) throws IOException {
    for (int i = 0; i < UPLOADS; i++) {
      RawClient client = client(port);
      client.request(
          "POST", "/", "Content-Type: application/json", "Content-Length: " + UPLOAD_BYTES);
      client.write("[0");
      uploads.add(client);
    }
  }

  /** A few bytes to one upload after the other, up to two thousand of them a second. */
  private void drip() {
    try {
      while (!over.get()) {
        for (RawClient client : uploads) {
          client.write(",12345678");
          LockSupport.parkNanos(PAUSE_NANOS);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The 99th percentile of requests one after the other. */
  private long p99(int port) throws IOException {
    RawClient client = client(port);
    long[] nanos = new long[REQUESTS];
    for (int i = 0; i < REQUESTS; i++) {
      long start = System.nanoTime();
      assertThat(client.get("/").status()).isEqualTo(200);
      nanos[i] = System.nanoTime() - start;
    }
    Arrays.sort(nanos);
    return nanos[REQUESTS * 99 / 100];
  }

  @Test
  void slowUploadsTakeLittleMemoryAndNobodysTime() throws Exception {
    try (GatewayProcess gateway = gateway()) {
      p99(gateway.port()); // Warms up.
      long alone = p99(gateway.port());
      Memory before = gateway.memory();
      startUploads(gateway.port());
      Thread dripping = new Thread(this::drip, "drip");
      dripping.start();
      long beside = p99(gateway.port());
      Memory during = gateway.memory();
      over.set(true);
      dripping.join();
      assertThat(during.heap()).isLessThan(before.heap() + UPLOADS * HEAP_BYTES_PER_UPLOAD);
      assertThat(during.direct()).isLessThan(before.direct() + DIRECT_BYTES);
      assertThat(beside).isLessThan(alone * 11 / 10 + SLACK_NANOS);
      for (RawClient client : uploads) {
        client.reset();
      }
    }
  }
}
