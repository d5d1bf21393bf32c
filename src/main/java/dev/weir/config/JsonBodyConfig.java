package dev.weir.config;

import java.util.List;

/**
 * What a JSON body may be.
 *
 * @param maxBytes its size on the wire, up to 1 PiB, 0 for no bound; default {@value
 *     #DEFAULT_MAX_BYTES}; beyond it the reply is 413
 * @param validate whether its syntax is checked as it passes; then the reply to one that is not
 *     well-formed is 400; default false
 * @param maxDepth how deep objects and arrays may be nested, 1 to 10000; default {@value
 *     #DEFAULT_MAX_DEPTH}; looked at only with {@code validate}
 * @param maxStringBytes the size of a string or name as it is spelled, without its quotes, up to 1
 *     PiB, 0 for no bound; default {@value #DEFAULT_MAX_STRING_BYTES}; looked at only with {@code
 *     validate}
 * @param values what must stand at some places, whether or not {@code validate} is set; the reply
 *     to a body that has something else there is 400; default nothing
 */
public record JsonBodyConfig(
    long maxBytes, boolean validate, int maxDepth, long maxStringBytes, List<ValueConfig> values) {

  /** 1 MiB. */
  public static final long DEFAULT_MAX_BYTES = 1 << 20;

  /** Deeper than people write, less deep than recursive parsers break at. */
  public static final int DEFAULT_MAX_DEPTH = 128;

  /** 0: no bound but that of the body. */
  public static final long DEFAULT_MAX_STRING_BYTES = 0;

  static JsonBodyConfig read(ObjectReader r) {
    return new JsonBodyConfig(
        r.optional("maxBytes", DEFAULT_MAX_BYTES, Common.BYTES_OR_ZERO),
        r.optional("validate", false, Shape.bool()),
        r.optional("maxDepth", DEFAULT_MAX_DEPTH, Shape.integer(1, 10_000)),
        r.optional("maxStringBytes", DEFAULT_MAX_STRING_BYTES, Common.BYTES_OR_ZERO),
        r.optional("values", List.of(), ValueConfig.LIST));
  }
}
