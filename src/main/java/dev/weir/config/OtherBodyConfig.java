package dev.weir.config;

/**
 * What a body of any other type, or of none, may be.
 *
 * @param maxBytes its size on the wire, up to 1 PiB; default {@value #DEFAULT_MAX_BYTES}, which is
 *     no bound; beyond it the reply is 413
 */
public record OtherBodyConfig(long maxBytes) {

  /** 0: no bound. */
  public static final long DEFAULT_MAX_BYTES = 0;

  static OtherBodyConfig read(ObjectReader r) {
    return new OtherBodyConfig(r.optional("maxBytes", DEFAULT_MAX_BYTES, Common.BYTES_OR_ZERO));
  }
}
