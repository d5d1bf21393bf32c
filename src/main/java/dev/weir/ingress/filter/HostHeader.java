package dev.weir.ingress.filter;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;

/**
 * What {@code Host} the upstream sees: the client's, the endpoint's own address, or a fixed one.
 */
public final class HostHeader {

  private static final String PRESERVE = "preserve";
  private static final String UPSTREAM = "upstream";

  private final boolean fromEndpoint;
  private final CharSequence literal;

  /**
   * @param rule {@code preserve}, {@code upstream}, or the host itself
   */
  public HostHeader(String rule) {
    fromEndpoint = rule.equals(UPSTREAM);
    literal = fromEndpoint || rule.equals(PRESERVE) ? null : HttpHeaders.createOptimized(rule);
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
