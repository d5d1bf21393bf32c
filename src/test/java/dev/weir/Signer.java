package dev.weir;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs commands as the manual says.
 *
 * @param key the id of the key
 */
public record Signer(String key, String secret) {

  /** A secret that is long enough. */
  public static final String SECRET = "0123456789abcdef0123456789abcdef";

  /** Of the key that {@code control.secret} makes. */
  public static final Signer MAIN = new Signer("main", SECRET);

  /** A command for an address, signed now, with a nonce of its own. */
  public JsonObject sign(String address, JsonObject command) {
    return sign(address, command.encode(), System.currentTimeMillis(), nonce());
  }

  /** A nonce that no other command has. */
  public static String nonce() {
    return UUID.randomUUID().toString();
  }

  /** A text for an address, signed with all that matters. */
  public JsonObject sign(String address, String command, long at, String nonce) {
    String text = address + "\n" + key + "\n" + at + "\n" + nonce + "\n" + command;
    return new JsonObject()
        .put("command", command)
        .put("key", key)
        .put("at", at)
        .put("nonce", nonce)
        .put("signature", HexFormat.of().formatHex(hmac(text)));
  }

  private byte[] hmac(String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
