package dev.weir.config;

/**
 * What a body of {@code text/*} may be.
 *
 * @param maxBytes its size on the wire, up to 1 PiB, 0 for no bound; default {@value
 *     #DEFAULT_MAX_BYTES}; beyond it the reply is 413
 * @param validate whether it is checked to be UTF-8 as it passes, unless it names another charset;
 *     then the reply to one that is not is 400; default false
 */
public record TextBodyConfig(long maxBytes, boolean validate) {

  /** 1 MiB. */
  public static final long DEFAULT_MAX_BYTES = 1 << 20;

  static TextBodyConfig read(ObjectReader r) {
    return new TextBodyConfig(
        r.optional("maxBytes", DEFAULT_MAX_BYTES, Common.BYTES_OR_ZERO),
        r.optional("validate", false, Shape.bool()));
  }
}
