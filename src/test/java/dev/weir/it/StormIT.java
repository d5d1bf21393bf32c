package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Many clients at once: bodies do not get mixed up, and broken exchanges leave nothing behind. */
class StormIT extends ScaledSuite {
  private static final int CLIENTS = 24;
  private static final int REQUESTS_EACH = 40;
  private static final int LARGEST_BODY = 200_000;

  /** What one client does; the seed makes it the same each time. */
  private interface Part {
    void play(SplittableRandom random) throws Exception;
  }

  private static void play(Part part) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
    List<CompletableFuture<Void>> parts = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      SplittableRandom random = new SplittableRandom(i);
      parts.add(CompletableFuture.runAsync(() -> unchecked(part, random), threads));
    }
    threads.shutdown();
    assertThat(threads.awaitTermination(40, TimeUnit.SECONDS)).isTrue();
    parts.forEach(CompletableFuture::join);
  }

  private static void unchecked(Part part, SplittableRandom random) {
    try {
      part.play(random);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void everyClientGetsItsOwnBodiesBack() throws Exception {
    Gateway gateway = gateway(upstream(StormIT::echo));
    play(
        random -> {
          try (RawClient client = gateway.connect()) {
            for (int i = 0; i < REQUESTS_EACH; i++) {
              String body = body(random);
              send(client, body, random.nextBoolean());
              assertThat(client.read().text()).isEqualTo(body);
            }
          }
        });
  }

  private static void echo(RawRequest request, UpstreamConnection c) throws IOException {
    if (request.framing() == Framing.CHUNKED) {
      c.head("HTTP/1.1 200 OK", "Transfer-Encoding: chunked");
      c.chunk(request.text());
      c.lastChunk();
    } else {
      c.reply(200, request.text());
    }
  }

  private static String body(SplittableRandom random) {
    char c = (char) random.nextInt('a', 'z');
    return String.valueOf(c).repeat(random.nextInt(LARGEST_BODY));
  }

  private static void send(RawClient client, String body, boolean chunked) throws IOException {
    client.request(
        "POST", "/", chunked ? "Transfer-Encoding: chunked" : "Content-Length: " + body.length());
    if (chunked) {
      int half = body.length() / 2;
      client.chunk(body.substring(0, half));
      client.chunk(body.substring(half));
      client.lastChunk();
    } else {
      client.write(body);
    }
  }

  @Test
  void nothingIsLeftBehindByExchangesThatBreak() throws Exception {
    ScriptedUpstream upstream = scripted(StormIT::breakAtRandom);
    Gateway gateway =
        gateway(GatewayConfig.to(upstream).with("/upstreams/main/pool/idleTimeoutMillis", 500));
    play(
        random -> {
          for (int i = 0; i < REQUESTS_EACH; i++) {
            breakAtRandom(gateway, random);
          }
        });
    Await.until("nothing is in flight", () -> gateway.inFlight() == 0);
    Await.until("no connection is kept beyond its time", () -> upstream.openConnections() == 0);
    assertThat(client().get("/whole").status()).isEqualTo(200);
  }

  private static void breakAtRandom(Gateway gateway, SplittableRandom random) throws IOException {
    String[] fates = {"/whole", "/half", "/late", "/none", "/garbage"};
    try (RawClient client = gateway.connect()) {
      client.request("POST", fates[random.nextInt(fates.length)], "Content-Length: 100000");
      client.write("x".repeat(random.nextInt(10) == 0 ? 100_000 : random.nextInt(100_000)));
      if (random.nextBoolean()) {
        client.reset();
      } else if (random.nextBoolean()) {
        client.halfClose();
      }
    }
  }

  private static void breakAtRandom(UpstreamConnection c) throws IOException {
    for (RawRequest head = c.requestHead(); head != null; head = c.requestHead()) {
      switch (head.target()) {
        case "/half" -> {
          c.head("HTTP/1.1 200 OK", "Content-Length: 100000");
          c.write("y".repeat(50_000));
          c.reset();
        }
        case "/late" -> c.drain();
        case "/none" -> c.close();
        case "/garbage" -> c.write("garbage\r\n\r\n");
        default -> {
          c.requestBody(head);
          c.reply(200, "z".repeat(50_000));
        }
      }
    }
  }
}
