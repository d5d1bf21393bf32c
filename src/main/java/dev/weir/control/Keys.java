package dev.weir.control;

import dev.weir.config.KeyConfig;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The keys that commands are signed with. */
final class Keys {

  private static final String ALGORITHM = "HmacSHA256";
  private static final int SECRET_BYTES = 32;

  private final Map<String, SecretKeySpec> keys = new HashMap<>();
  private final SecretKeySpec nobodys;

  Keys(List<KeyConfig> configs) {
    for (KeyConfig config : configs) {
      keys.put(config.id(), spec(config.secret().getBytes(StandardCharsets.UTF_8)));
    }
    byte[] random = new byte[SECRET_BYTES];
    new SecureRandom().nextBytes(random);
    nobodys = spec(random);
  }

  private static SecretKeySpec spec(byte[] secret) {
    return new SecretKeySpec(secret, ALGORITHM);
  }

  /** Whether there is none, and so nothing has to be signed. */
  boolean isEmpty() {
    return keys.isEmpty();
  }

  /** Whether a text is signed with a key. It takes as long when there is no such key. */
  boolean verify(String key, String text, String signature) {
    byte[] right = sign(keys.getOrDefault(key, nobodys), text);
    return MessageDigest.isEqual(right, bytes(signature));
  }

  private static byte[] bytes(String hex) {
    try {
      return HexFormat.of().parseHex(hex);
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }

  private static byte[] sign(SecretKeySpec key, String text) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has " + ALGORITHM, e);
    }
  }
}
