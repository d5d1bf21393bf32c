package dev.weir.ingress.filter;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;

/**
 * Gives every request an {@code X-Request-Id}: the client's if there is one and it is well-formed
 * (1 to 128 letters, digits and {@code ._:+/=@-}), else a new one of 22 characters. One object for
 * each lane.
 *
 * <p>A new id is a random prefix drawn once, and a counter that starts at a random place and is
 * spread over its 64 bits (the finaliser of SplitMix64, a bijection, so no two of a lane are
 * equal).
 */
public final class RequestIds {

  private static final CharSequence NAME = HttpHeaders.createOptimized("x-request-id");
  private static final byte[] ALPHABET =
      "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_"
          .getBytes(StandardCharsets.US_ASCII);
  private static final int DIGITS = 11;
  private static final int MAX_LENGTH = 128;

  private final byte[] buffer = new byte[2 * DIGITS];
  private long counter;

  public RequestIds() {
    SecureRandom random = new SecureRandom();
    write(random.nextLong(), 0);
    counter = random.nextLong();
  }

  /** The id of a request; stands in its fields afterwards. */
  public String assign(MultiMap headers) {
    String sent = headers.get(NAME);
    if (sent != null && isWellFormed(sent) && headers.getAll(NAME).size() == 1) {
      return sent;
    }
    String id = next();
    headers.set(NAME, id);
    return id;
  }

  String next() {
    long z = ++counter;
    z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
    z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
    write(z ^ z >>> 31, DIGITS);
    return new String(buffer, StandardCharsets.ISO_8859_1);
  }

  private void write(long value, int offset) {
    long rest = value;
    for (int i = offset; i < offset + DIGITS; i++) {
      buffer[i] = ALPHABET[(int) (rest & 63)];
      rest >>>= 6;
    }
  }

  private static boolean isWellFormed(String id) {
    if (id.isEmpty() || id.length() > MAX_LENGTH) {
      return false;
    }
    for (int i = 0; i < id.length(); i++) {
      char c = id.charAt(i);
      boolean plain = c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
      if (!plain && "._:+/=@-".indexOf(c) < 0) {
        return false;
      }
    }
    return true;
  }
}
