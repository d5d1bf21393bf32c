package dev.weir.config;

import java.util.List;

/**
 * What a body of {@code multipart/form-data} may be.
 *
 * @param maxBytes its size on the wire, up to 1 PiB, 0 for no bound; default {@value
 *     #DEFAULT_MAX_BYTES}; beyond it the reply is 413
 * @param validate whether its structure is checked as it passes; then the reply to one that is
 *     malformed is 400; default false
 * @param maxParts how many parts it may have, 1 to 1000000; default {@value #DEFAULT_MAX_PARTS};
 *     looked at only with {@code validate}
 * @param maxPartHeaderBytes the size of the fields of one part, 64 bytes to 1 MiB; default {@value
 *     #DEFAULT_MAX_PART_HEADER_BYTES}; looked at only with {@code validate}
 * @param values what must stand at some places, whether or not {@code validate} is set; the reply
 *     to a body that has something else there is 400; default nothing
 */
public record MultipartBodyConfig(
    long maxBytes,
    boolean validate,
    int maxParts,
    int maxPartHeaderBytes,
    List<ValueConfig> values) {

  /** 10 MiB. */
  public static final long DEFAULT_MAX_BYTES = 10 << 20;

  /** In parts. */
  public static final int DEFAULT_MAX_PARTS = 1000;

  /** 8 KiB. */
  public static final int DEFAULT_MAX_PART_HEADER_BYTES = 8192;

  static MultipartBodyConfig read(ObjectReader r) {
    return new MultipartBodyConfig(
        r.optional("maxBytes", DEFAULT_MAX_BYTES, Common.BYTES_OR_ZERO),
        r.optional("validate", false, Shape.bool()),
        r.optional("maxParts", DEFAULT_MAX_PARTS, Shape.integer(1, 1_000_000)),
        r.optional("maxPartHeaderBytes", DEFAULT_MAX_PART_HEADER_BYTES, Shape.integer(64, 1 << 20)),
        r.optional("values", List.of(), ValueConfig.LIST));
  }
}
