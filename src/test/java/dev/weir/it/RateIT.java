package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bodies may take as long as they like while they make progress. */
class RateIT extends ScaledSuite {
  private static final int RATE = 1000;
  private static final int WINDOW_MILLIS = 500;
  private static final int STEP_MILLIS = 50;

  /** Twice as fast as it must be. */
  private static final String ENOUGH = "x".repeat(100);

  private static final int STEPS = 40;

  @TempDir Path directory;

  private GatewayConfig config(ScriptedUpstream upstream) {
    return GatewayConfig.to(upstream)
        .listener("minBytesPerSecond", RATE)
        .listener("rateWindowMillis", WINDOW_MILLIS)
        .timeout("minBytesPerSecond", RATE)
        .timeout("rateWindowMillis", WINDOW_MILLIS)
        .accessLog(directory.resolve("access.log"));
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
              c.write("HTTP/1.1 200 OK\r\nContent-Length: " + STEPS * 100 + "\r\n\r\n");
              for (int i = 0; i < STEPS; i++) {
                assertThat(c.isQuietFor(STEP_MILLIS)).isTrue();
                c.write(ENOUGH);
              }
            });
    gateway(config(upstream));
    RawClient client = client();
    client.request("PUT", "/", "Content-Length: " + STEPS * 100);
    for (int i = 0; i < STEPS; i++) {
      assertThat(client.isQuietFor(STEP_MILLIS)).isTrue();
      client.write(ENOUGH);
    }
    assertThat(client.read().body()).hasSize(STEPS * 100);
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
}
