package dev.weir.control;

import dev.weir.config.ObjectReader;
import dev.weir.config.Shape;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;

/**
 * A signed command, or announcement.
 *
 * @param command the command or the announcement, the text of a JSON object
 * @param key the id of the key
 * @param at when it was signed, in milliseconds since 1970-01-01T00:00:00Z
 * @param nonce a text that no other command of the key has: 16 to 128 characters
 * @param signature HMAC-SHA256 of {@link #signed}, 64 hexadecimal digits
 */
record Envelope(String command, String key, long at, String nonce, String signature) {

  private static final long MAX_AT = (1L << 53) - 1;
  private static final int MIN_NONCE = 16;
  private static final int MAX_NONCE = 128;

  /** Whether a message is meant to be one. */
  static boolean isMeant(JsonObject message) {
    return message.containsKey("signature");
  }

  /**
   * Reads one.
   *
   * @throws dev.weir.config.ConfigException with all problems at once
   */
  static Envelope of(JsonObject message) {
    return ObjectReader.parse(message, Envelope::read);
  }

  private static Envelope read(ObjectReader fields) {
    Envelope read =
        new Envelope(
            fields.required("command", Shape.text()),
            fields.required("key", Shape.text()),
            fields.required("at", Shape.whole(0, MAX_AT)),
            fields.required("nonce", Shape.text()),
            fields.required("signature", Shape.text()));
    if (read.nonce != null && !isNonce(read.nonce)) {
      String expected = "a text of " + MIN_NONCE + " to " + MAX_NONCE + " visible ASCII characters";
      fields.problem("nonce", expected);
    }
    return read;
  }

  private static boolean isNonce(String text) {
    boolean fits = text.length() >= MIN_NONCE && text.length() <= MAX_NONCE;
    return fits && text.chars().allMatch(c -> c > ' ' && c < '\u007f');
  }

  /**
   * What the signature is made over. None of the lines but the last can hold a line feed where the
   * signature is right, so no two envelopes have the same.
   *
   * @param address where the command was sent, so that one for a node is for that node
   */
  String signed(String address) {
    return String.join("\n", address, key, Long.toString(at), nonce, command);
  }

  /**
   * The command as JSON.
   *
   * @throws Refusal when its text is none
   */
  JsonObject json() {
    try {
      return new JsonObject(command);
    } catch (DecodeException | ClassCastException e) {
      throw new Refusal(Refusal.INVALID, "the text of a JSON object is expected", "/command");
    }
  }
}
