package dev.weir.ingress.filter;

/** Builds the value of {@code Forwarded} (RFC 7239), one element for each hop. */
final class ForwardedField {

  /** What a token may have beside letters and digits (RFC 9110 section 5.6.2). */
  private static final String TOKEN_SYMBOLS = "!#$%&'*+-.^_`|~";

  private final StringBuilder text = new StringBuilder(96);

  /**
   * Appends an element.
   *
   * @param address an IP address, or {@code unknown}
   * @param host the authority that this hop asked for, well-formed; {@code null} for none
   * @param scheme {@code http} or {@code https}; {@code null} for none
   */
  ForwardedField hop(String address, String host, String scheme) {
    text.append(text.isEmpty() ? "for=" : ", for=");
    if (address.indexOf(':') < 0) {
      text.append(address);
    } else {
      text.append("\"[").append(address).append("]\"");
    }
    if (host != null) {
      host(host);
    }
    if (scheme != null) {
      text.append(";proto=").append(scheme);
    }
    return this;
  }

  /** An authority has no quotes and no backslashes that would have to be escaped. */
  private void host(String host) {
    text.append(";host=");
    if (isToken(host)) {
      text.append(host);
    } else {
      text.append('"').append(host).append('"');
    }
  }

  private static boolean isToken(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      boolean plain = c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
      if (!plain && TOKEN_SYMBOLS.indexOf(c) < 0) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
