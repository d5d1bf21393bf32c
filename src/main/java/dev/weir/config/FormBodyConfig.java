package dev.weir.config;

import java.util.List;

/**
 * What a body of {@code application/x-www-form-urlencoded} may be.
 *
 * @param maxBytes its size on the wire, up to 1 PiB, 0 for no bound; default {@value
 *     #DEFAULT_MAX_BYTES}; beyond it the reply is 413
 * @param validate whether its encoding is checked as it passes; then the reply to one that is
 *     malformed is 400; default false
 * @param maxFields how many fields it may have, 1 to 1000000; default {@value #DEFAULT_MAX_FIELDS};
 *     looked at only with {@code validate}
 * @param values what must stand at some places, whether or not {@code validate} is set; the reply
 *     to a body that has something else there is 400; default nothing
 */
public record FormBodyConfig(
    long maxBytes, boolean validate, int maxFields, List<ValueConfig> values) {

  /** 1 MiB. */
  public static final long DEFAULT_MAX_BYTES = 1 << 20;

  /** In fields. */
  public static final int DEFAULT_MAX_FIELDS = 1000;

  static FormBodyConfig read(ObjectReader r) {
    return new FormBodyConfig(
        r.optional("maxBytes", DEFAULT_MAX_BYTES, Common.BYTES_OR_ZERO),
        r.optional("validate", false, Shape.bool()),
        r.optional("maxFields", DEFAULT_MAX_FIELDS, Shape.integer(1, 1_000_000)),
        r.optional("values", List.of(), ValueConfig.LIST));
  }
}
