package dev.weir.ingress.filter;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;

/**
 * What {@code Host} the upstream sees: the client's, the endpoint's own address, or a fixed one.
 */
public final class HostHeader {

  private static final String PRESERVE = "preserve";
  private static final String UPSTREAM = "upstream";

  // Shared, so that among many routes they are likely to be in a cache.
  private static final HostHeader PRESERVED = new HostHeader(false, null);
  private static final HostHeader FROM_ENDPOINT = new HostHeader(true, null);

  private final boolean fromEndpoint;
  private final CharSequence literal;

  private HostHeader(boolean fromEndpoint, CharSequence literal) {
    this.fromEndpoint = fromEndpoint;
    this.literal = literal;
  }

  /**
   * What a rule says.
   *
   * @param rule {@code preserve}, {@code upstream}, or the host itself
   */
  public static HostHeader of(String rule) {
    return switch (rule) {
      case PRESERVE -> PRESERVED;
      case UPSTREAM -> FROM_ENDPOINT;
      default -> new HostHeader(false, HttpHeaders.createOptimized(rule));
    };
  }

  /** Whether the field is to be written once the endpoint is known. */
  public boolean fromEndpoint() {
    return fromEndpoint;
  }

  /**
   * Writes the field.
   *
   * @param headers the fields of the request
   * @param sent the authority that the client named; {@code null} when it named none
   */
  public void apply(MultiMap headers, String sent) {
    if (literal != null) {
      headers.set(HttpHeaders.HOST, literal);
    } else if (sent != null && !sent.equals(headers.get(HttpHeaders.HOST))) {
      headers.set(HttpHeaders.HOST, sent);
    }
  }
}
