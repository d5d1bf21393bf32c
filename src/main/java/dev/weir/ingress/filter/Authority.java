package dev.weir.ingress.filter;

/** The syntax of {@code Host}: a name or an address, and perhaps a port (RFC 9110 section 7.2). */
final class Authority {

  private static final boolean[] NAME = new boolean[128];

  static {
    for (char c = '0'; c <= 'z'; c++) {
      NAME[c] = Character.isLetterOrDigit(c);
    }
    for (char c : "-._~!$&'()*+=%".toCharArray()) {
      NAME[c] = true;
    }
  }

  private Authority() {}

  static boolean isValid(String host) {
    int end = host.startsWith("[") ? endOfLiteral(host) : endOfName(host);
    return end > 0 && (end == host.length() || isPort(host, end));
  }

  private static int endOfName(String host) {
    int i = 0;
    while (i < host.length() && host.charAt(i) < 128 && NAME[host.charAt(i)]) {
      i++;
    }
    return i;
  }

  private static int endOfLiteral(String host) {
    int i = 1;
    while (i < host.length() && isLiteral(host.charAt(i))) {
      i++;
    }
    return i > 2 && i < host.length() && host.charAt(i) == ']' ? i + 1 : 0;
  }

  private static boolean isLiteral(char c) {
    return c == ':' || c == '.' || Character.digit(c, 16) >= 0 && c < 128;
  }

  /** Whether the rest is a colon and a port; the port may be empty. */
  private static boolean isPort(String host, int colon) {
    if (host.charAt(colon) != ':' || host.length() - colon > 6) {
      return false;
    }
    int port = 0;
    for (int i = colon + 1; i < host.length(); i++) {
      int digit = host.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return false;
      }
      port = port * 10 + digit;
    }
    return port <= 65_535;
  }
}
