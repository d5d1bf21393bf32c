package dev.weir.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.Signer;
import dev.weir.bus.Addresses;
import dev.weir.config.KeyConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Keys and marks, with clocks that move by hand. */
@ExtendWith(VertxExtension.class)
class TrustTest {

  private static final long WINDOW = 1000;

  private long now;
  private Nonces nonces;

  @BeforeEach
  void make(Vertx vertx) {
    nonces = new Nonces(vertx, WINDOW, WINDOW, () -> now, () -> 0);
  }

  private static Future<Boolean> settled(Future<Boolean> future) {
    assertThat(future.isComplete()).isTrue();
    return future;
  }

  @Test
  void mark_isKeptForThreeWindows() {
    assertThat(settled(nonces.take("a", 0)).result()).isTrue();
    now = 3 * WINDOW - 1;
    assertThat(settled(nonces.take("a", 0)).result()).isFalse();
    now = 3 * WINDOW;
    assertThat(settled(nonces.take("a", 0)).result()).isTrue();
  }

  @Test
  void marks_areBounded() {
    for (int i = 0; i < Nonces.MOST; i++) {
      assertThat(nonces.take("n" + i, 0).result()).isTrue();
    }
    assertThat(settled(nonces.take("one more", 0)).cause())
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("too many commands");
    now = 3 * WINDOW;
    assertThat(settled(nonces.take("one more", 0)).result()).isTrue();
  }

  @Test
  void signature_isThatOfTheManual() {
    Keys keys = new Keys(List.of(new KeyConfig("main", Signer.SECRET, false)));
    Envelope envelope = Envelope.of(Signer.MAIN.sign("a", "{}", 1, "n".repeat(16)));
    assertThat(envelope.signed("a")).isEqualTo("a\nmain\n1\nnnnnnnnnnnnnnnnn\n{}");
    // Made by: printf 'a\nmain\n1\nnnnnnnnnnnnnnnnn\n{}' | openssl dgst -sha256 -hmac SECRET
    assertThat(envelope.signature())
        .isEqualTo("f759d283d32fdfd4d4004b946e9b0e226b344933d06b3b9ec1f0830c02ee68b6");
    assertThat(keys.verify("main", envelope.signed("a"), envelope.signature())).isTrue();
    assertThat(keys.verify("main", envelope.signed("b"), envelope.signature())).isFalse();
    assertThat(keys.verify("other", envelope.signed("a"), envelope.signature())).isFalse();
    assertThat(keys.verify("main", envelope.signed("a"), "")).isFalse();
  }

  @Test
  void nonce_isVisibleAndLongEnough() {
    for (String nonce : new String[] {"", "n".repeat(15), "n".repeat(129), "n".repeat(16) + "\n"}) {
      JsonObject message = Signer.MAIN.sign("a", "{}", 1, nonce);
      assertThatThrownBy(() -> Envelope.of(message)).hasMessageContaining("/nonce");
    }
  }

  @Test
  void replayToANodeThatHasStartedAnew_isRefused(Vertx vertx) throws Exception {
    JsonObject secret = new JsonObject().put("secret", Signer.SECRET);
    JsonObject config = Operator.config().put("control", secret);
    JsonObject stats = new JsonObject().put("op", "stats");
    Operator first = new Operator(vertx, config);
    JsonObject message = Signer.MAIN.sign(Addresses.CONTROL, stats);
    assertThat(first.send(message).containsKey("error")).isFalse();
    first.undeploy();
    while (System.currentTimeMillis() <= message.getLong("at")) {
      Thread.onSpinWait();
    }
    Operator second = new Operator(vertx, config);
    assertThat(second.send(message).getJsonObject("error"))
        .isEqualTo(
            new JsonObject()
                .put("code", "forbidden")
                .put("message", "it is from before the start of the gateway")
                .put("path", "/at"));
    JsonObject fresh = Signer.MAIN.sign(Addresses.CONTROL, stats);
    assertThat(second.send(fresh).containsKey("error")).isFalse();
  }
}
