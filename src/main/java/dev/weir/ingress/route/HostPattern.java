package dev.weir.ingress.route;

import java.util.List;

/**
 * The hosts that a route takes, in the form in which they are looked up: small letters, IPv6
 * addresses in brackets.
 *
 * @param kind which hosts
 * @param name the host; for {@link Kind#BELOW}, what it must end with, such as {@code .example.com}
 */
public record HostPattern(Kind kind, String name) {

  /** Which hosts a pattern takes. */
  public enum Kind {
    /** That one. */
    EXACT,
    /** All names below it, but not the name itself. */
    BELOW,
    /** Every host, and none. */
    ANY
  }

  private static final HostPattern ANY = new HostPattern(Kind.ANY, "");

  /** The patterns of a configured list, where an empty one stands for any host. */
  static List<HostPattern> of(List<String> hosts) {
    return hosts.isEmpty() ? List.of(ANY) : hosts.stream().map(HostPattern::of).distinct().toList();
  }

  private static HostPattern of(String host) {
    if (host.startsWith("*.")) {
      return new HostPattern(Kind.BELOW, lowerCase(host.substring(1)));
    }
    boolean bareV6 = host.indexOf(':') >= 0 && !host.startsWith("[");
    return new HostPattern(Kind.EXACT, lowerCase(bareV6 ? "[" + host + "]" : host));
  }

  /**
   * The host of an authority, ready to be looked up: in small letters, without the port and without
   * one trailing dot; an IPv6 address keeps its brackets and is compared as it is written.
   *
   * @param authority such as {@code Example.com.:8080} or {@code [::1]:80}; may be null
   * @return null for null; the authority itself when there is nothing to change
   */
  public static String hostOf(String authority) {
    if (authority == null) {
      return null;
    }
    int end = endOfHost(authority);
    if (end > 0 && authority.charAt(end - 1) == '.') {
      end--;
    }
    return lowerCase(authority.substring(0, end));
  }

  private static int endOfHost(String authority) {
    int colon = authority.indexOf(':', authority.startsWith("[") ? authority.indexOf(']') + 1 : 0);
    return colon < 0 ? authority.length() : colon;
  }

  /** ASCII alone: host names know no other letters. Returns the text itself where none changes. */
  static String lowerCase(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (isUpperCase(text.charAt(i))) {
        return lowerCaseFrom(text, i);
      }
    }
    return text;
  }

  private static String lowerCaseFrom(String text, int first) {
    char[] chars = text.toCharArray();
    for (int i = first; i < chars.length; i++) {
      if (isUpperCase(chars[i])) {
        chars[i] += 'a' - 'A';
      }
    }
    return new String(chars);
  }

  private static boolean isUpperCase(char c) {
    return c >= 'A' && c <= 'Z';
  }
}
