package dev.weir;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs messages to a gateway with a key of its {@code control}. Any thread may use it. */
final class Signature {

  private static final String ALGORITHM = "HmacSHA256";

  private final String key;
  private final SecretKeySpec secret;

  /**
   * @param key the id of the key
   */
  Signature(String key, String secret) {
    this.key = key;
    this.secret = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM);
  }

  /**
   * The envelope of a message.
   *
   * @param address where it is sent
   * @param at the time, in milliseconds since 1970
   */
  JsonObject sign(String address, JsonObject message, long at) {
    String text = message.encode();
    String nonce = UUID.randomUUID().toString();
    String signed = String.join("\n", address, key, Long.toString(at), nonce, text);
    return new JsonObject()
        .put("command", text)
        .put("key", key)
        .put("at", at)
        .put("nonce", nonce)
        .put("signature", HexFormat.of().formatHex(hmac(signed)));
  }

  private byte[] hmac(String text) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(secret);
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has " + ALGORITHM, e);
    }
  }
}
