package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bodies may take as long as they like while they make progress. */
class RateIT extends ScaledSuite {
  private static final int RATE = 1000;
  private static final int WINDOW_MILLIS = 500;
  private static final int STEP_MILLIS = 50;

  /** So much faster than it must be that a writer who is kept waiting for a while is in time. */
  private static final String ENOUGH = "x".repeat(1000);

  private static final int STEPS = 40;

  @TempDir Path directory;

  private final AtomicBoolean over = new AtomicBoolean();

  private GatewayConfig config(ScriptedUpstream upstream) {
    return GatewayConfig.to(upstream)
        .listener("minBytesPerSecond", RATE)
        .listener("rateWindowMillis", WINDOW_MILLIS)
        .timeout("minBytesPerSecond", RATE)
        .timeout("rateWindowMillis", WINDOW_MILLIS)
        .accessLog(directory.resolve("access.log"));
  }

  /** More than all buffers on the way hold, and a rate that nobody has who takes a little of it. */
  private static final long MUCH = 192L << 20;

  private static final int MUCH_FASTER = 10_000_000;

  private static void writeMuch(Peer peer) {
    byte[] block = new byte[65_536];
    try {
      for (long left = MUCH; left > 0; left -= block.length) {
        peer.write(block);
      }
    } catch (IOException cut) {
      return;
    }
  }

  /** Reads a little now and then as long as the test asks for that. */
  private void sip(Peer peer) {
    byte[] sip = new byte[1000];
    try {
      while (!over.get() && peer.socket.getInputStream().read(sip) >= 0) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(STEP_MILLIS));
      }
    } catch (IOException cut) {
      return;
    }
  }

  private void assertLogged(String flag, String detail) {
    JsonObject line = new LogFile(directory.resolve("access.log")).onlyLine();
    assertThat(line.getString("flag")).isEqualTo(flag);
    assertThat(line.getString("detail")).isEqualTo(detail);
  }

  @Test
  void bothSidesMakeProgress_theBodiesMayTakeLong() throws Exception {
    ScriptedUpstream upstream =
        upstream(
            (request, c) -> {
              c.write("HTTP/1.1 200 OK\r\nContent-Length: " + STEPS * ENOUGH.length() + "\r\n\r\n");
              for (int i = 0; i < STEPS; i++) {
                assertThat(c.isQuietFor(STEP_MILLIS)).isTrue();
                c.write(ENOUGH);
              }
            });
    gateway(config(upstream));
    RawClient client = client();
    client.request("PUT", "/", "Content-Length: " + STEPS * ENOUGH.length());
    for (int i = 0; i < STEPS; i++) {
      assertThat(client.isQuietFor(STEP_MILLIS)).isTrue();
      client.write(ENOUGH);
    }
    assertThat(client.read().body()).hasSize(STEPS * ENOUGH.length());
  }

  @Test
  void serviceThinks_thatIsNotSlow() throws Exception {
    ScriptedUpstream upstream =
        upstream(
            (request, c) -> {
              assertThat(c.isQuietFor(3 * WINDOW_MILLIS)).isTrue();
              c.reply(200, "good");
            });
    gateway(config(upstream));
    RawClient client = client();
    client.request("PUT", "/", "Content-Length: 3");
    client.write("abc");
    assertThat(client.read().text()).isEqualTo("good");
  }

  @Test
  void clientDripsItsBody_isRefused() throws Exception {
    ScriptedUpstream upstream = upstream((request, c) -> c.reply(200, ""));
    Gateway gateway = gateway(config(upstream));
    RawClient client = client();
    client.request("PUT", "/", "Content-Length: 1000");
    client.write("x");
    while (!client.hasInputWithin(STEP_MILLIS)) {
      client.write("x");
    }
    RawResponse response = client.read();
    assertThat(response.status()).isEqualTo(408);
    assertThat(response.flag()).isEqualTo("RT");
    assertLogged("RT", "client-rate");
    assertThat(gateway.metrics())
        .containsEntry("weir_timeouts_total{kind=\"client-rate\",upstream=\"main\"}", 1.0);
  }

  @Test
  void serviceDripsItsResponse_isCut() throws Exception {
    ScriptedUpstream upstream =
        upstream(
            (request, c) -> {
              c.write("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n");
              while (c.isQuietFor(STEP_MILLIS)) {
                c.write("x");
              }
            });
    gateway(config(upstream));
    RawClient client = client();
    client.request("GET", "/");
    assertThatThrownBy(client::read).isInstanceOf(TruncatedException.class);
    assertLogged("UT", "rate");
  }

  @Test
  void clientSipsTheResponse_isCut() throws Exception {
    ScriptedUpstream upstream =
        upstream(
            (request, c) -> {
              c.head("HTTP/1.1 200 OK", "Content-Length: " + MUCH);
              writeMuch(c);
            });
    Gateway gateway = gateway(config(upstream).listener("minBytesPerSecond", MUCH_FASTER));
    RawClient client = clientWithSmallBuffer();
    client.request("GET", "/");
    CompletableFuture<Void> sipping = CompletableFuture.runAsync(() -> sip(client));
    assertLogged("RT", "client-rate");
    over.set(true);
    sipping.join();
    assertThat(gateway.metrics())
        .containsEntry("weir_timeouts_total{kind=\"client-rate\",upstream=\"main\"}", 1.0);
  }

  @Test
  void serviceSipsTheRequest_isCut() throws Exception {
    ScriptedUpstream upstream =
        scripted(
            c -> {
              c.requestHead();
              sip(c);
            });
    Gateway gateway = gateway(config(upstream).timeout("minBytesPerSecond", MUCH_FASTER));
    RawClient client = client();
    client.request("PUT", "/", "Content-Length: " + MUCH);
    CompletableFuture.runAsync(() -> writeMuch(client));
    RawResponse response = client.read();
    over.set(true);
    assertThat(response.status()).isEqualTo(504);
    assertThat(response.flag()).isEqualTo("UT");
    assertLogged("UT", "rate");
    assertThat(gateway.metrics())
        .containsEntry("weir_timeouts_total{kind=\"rate\",upstream=\"main\"}", 1.0);
  }
}
