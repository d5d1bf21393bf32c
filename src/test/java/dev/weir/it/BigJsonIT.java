package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** JSON that is larger than the gateway's memory is looked into as it passes. */
class BigJsonIT extends GatewaySuite {
  private static final String[] LIMITS = {"-Xmx64m", "-XX:MaxDirectMemorySize=32m"};
  private static final int BLOCK_BYTES = 65_536;
  private static final int BLOCKS = 1600;

  /** 100 MiB of elements, a bracket before them and an element and a bracket behind. */
  private static final long BODY_BYTES = (long) BLOCK_BYTES * BLOCKS + 3;

  @TempDir Path directory;

  private final byte[] block = block();
  private final AtomicLong received = new AtomicLong();

  private static byte[] block() {
    String element =
        "{\"id\": 4711, \"name\": \"J\u00fcrgen \\u2713\", \"ok\": [true, null, -1.5e3]},\n";
    byte[] bytes = element.getBytes(StandardCharsets.UTF_8);
    byte[] block = new byte[BLOCK_BYTES];
    Arrays.fill(block, (byte) ' ');
    for (int at = 0; at + bytes.length <= BLOCK_BYTES; at += bytes.length) {
      System.arraycopy(bytes, 0, block, at, bytes.length);
    }
    return block;
  }

  private GatewayProcess gateway() throws IOException {
    ScriptedUpstream upstream =
        scripted(
            c -> {
              RawRequest head = c.requestHead();
              c.body()
                  .copy(
                      head.framing(),
                      head.headers(),
                      (bytes, offset, length) -> received.addAndGet(length));
              c.reply(200, "whole");
              c.drain();
            });
    GatewayConfig config =
        GatewayConfig.to(upstream)
            .with("/bodies/json", new JsonObject().put("maxBytes", 0).put("validate", true));
    return GatewayProcess.start(config, directory, LIMITS);
  }

  private RawClient send(GatewayProcess gateway, String end) throws IOException {
    RawClient client = client(gateway.port());
    client.request("POST", "/", "Content-Type: application/json", "Content-Length: " + BODY_BYTES);
    client.write("[");
    for (int i = 0; i < BLOCKS; i++) {
      client.write(block);
    }
    client.write(end);
    return client;
  }

  @Test
  void bigBodyPassesThroughLittleMemory() throws Exception {
    try (GatewayProcess gateway = gateway()) {
      assertThat(send(gateway, "0]").read().text()).isEqualTo("whole");
    }
    assertThat(received).hasValue(BODY_BYTES);
  }

  @Test
  void lastByteOfABigBodyIsLookedAtToo() throws Exception {
    try (GatewayProcess gateway = gateway()) {
      RawResponse response = send(gateway, "0}").read();
      assertThat(response.status()).isEqualTo(400);
      assertThat(new JsonObject(response.text()).getLong("position")).isEqualTo(BODY_BYTES - 1);
    }
    assertThat(received.get()).isLessThan(BODY_BYTES);
  }
}
