package dev.weir.ingress.filter;

import io.netty.util.NetUtil;

/**
 * The syntax of {@code Host}: a name or an address, and perhaps a port (RFC 9110 section 7.2).
 * Commas and semicolons are refused though RFC 3986 has them in a name: they make lists and
 * parameters of it elsewhere.
 */
final class Authority {

  private static final int MAX_PORT_DIGITS = 5;
  private static final int MAX_PORT = 65_535;
  private static final boolean[] NAME = new boolean[128];

  static {
    for (char c = '0'; c <= 'z'; c++) {
      NAME[c] = Character.isLetterOrDigit(c);
    }
    for (char c : "-._~!$&'()*+=".toCharArray()) {
      NAME[c] = true;
    }
  }

  private Authority() {}

  static boolean isValid(String host) {
    int end = host.startsWith("[") ? endOfLiteral(host) : endOfName(host);
    return end > 0 && (end == host.length() || host.charAt(end) == ':' && isPort(host, end + 1));
  }

  private static int endOfName(String host) {
    int i = 0;
    while (i < host.length() && isName(host, i)) {
      i++;
    }
    return i;
  }

  private static boolean isName(String host, int i) {
    char c = host.charAt(i);
    return c < 128 && NAME[c];
  }

  /** An IPv6 address in brackets; other literals are not in use. */
  private static int endOfLiteral(String host) {
    int close = host.indexOf(']');
    if (close < 0 || host.indexOf('%') >= 0) {
      return 0;
    }
    return NetUtil.isValidIpV6Address(host.substring(1, close)) ? close + 1 : 0;
  }

  /** Whether the rest is a port; it may be empty. */
  private static boolean isPort(String host, int start) {
    return start == host.length() || port(host, start) >= 0;
  }

  /**
   * The port that begins at {@code start} and takes all the rest.
   *
   * @return 0 to 65535; -1 when it is none
   */
  static int port(String text, int start) {
    int digits = text.length() - start;
    if (digits < 1 || digits > MAX_PORT_DIGITS) {
      return -1;
    }
    int port = 0;
    for (int i = start; i < text.length(); i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      port = port * 10 + digit;
    }
    return port <= MAX_PORT ? port : -1;
  }
}
