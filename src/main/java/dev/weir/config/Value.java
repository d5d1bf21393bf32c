package dev.weir.config;

import io.vertx.core.json.Json;
import java.math.BigDecimal;
import java.util.Optional;

/** A JSON value and where it stands. */
record Value(Object raw, String pointer, Reading reading) {
  private static final int LONGEST = 100;

  /** The text with its variables put in, or null when the value is no text. */
  String text() {
    return raw instanceof String text ? reading.interpolation().resolve(text) : null;
  }

  /** The value; for a text that is wholly one variable, the number or boolean it stands for. */
  Object literal() {
    return raw instanceof String text ? reading.interpolation().literal(text) : raw;
  }

  /** The number in a range, bounds included; nothing when the value is none. */
  Optional<BigDecimal> number(double min, double max) {
    return literal() instanceof Number number && Double.isFinite(number.doubleValue())
        ? Optional.of(new BigDecimal(number.toString()))
            .filter(n -> n.doubleValue() >= min && n.doubleValue() <= max)
        : Optional.empty();
  }

  /** The value of a key of this object, or of an index of this array. */
  Value child(Object key, Object raw) {
    String token = key.toString().replace("~", "~0").replace("/", "~1");
    return new Value(raw, pointer + "/" + token, reading);
  }

  /** Shows the value as it was written: what a variable holds may be a secret. */
  void report(String expected) {
    reading.report(pointer, shown(), expected);
  }

  private String shown() {
    String json = Json.encode(raw);
    return json.length() > LONGEST ? json.substring(0, LONGEST) + "…" : json;
  }
}
