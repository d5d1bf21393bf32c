package dev.weir.config;

/**
 * The responses that the gateway makes itself.
 *
 * @param flagHeader whether they say why in a {@code weir-flag} header; default {@value
 *     #DEFAULT_FLAG_HEADER}
 */
public record RepliesConfig(boolean flagHeader) {

  /** They say why. */
  public static final boolean DEFAULT_FLAG_HEADER = true;

  static RepliesConfig read(ObjectReader r) {
    return new RepliesConfig(r.optional("flagHeader", DEFAULT_FLAG_HEADER, Shape.bool()));
  }
}
