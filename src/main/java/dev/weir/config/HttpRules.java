package dev.weir.config;

import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/** The rules for names and texts, most of them parts of HTTP (RFC 9110). */
final class HttpRules {
  private static final String TOKEN_SYMBOLS = "!#$%&'*+.^_`|~-";

  /** They describe one connection or the body as it is sent, so only the gateway may set them. */
  private static final Set<String> OWN_HEADERS =
      Set.of(
          "connection",
          "content-length",
          "host",
          "keep-alive",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  /** What an operator calls a route or an upstream; it shows in logs, metrics and messages. */
  static final Rule NAME =
      Rule.matching("1 to 128 letters, digits, '.', '_' or '-'", "[A-Za-z0-9._-]{1,128}");

  static final Rule ANY = Rule.of("a text", text -> true);

  static final Rule NOT_EMPTY = Rule.matching("a text that is not empty", "[^\\u0000]+");

  /** Methods are case-sensitive: one in small letters would never match. */
  static final Rule METHOD =
      Rule.matching("a method in capitals, such as GET", "[A-Z0-9" + TOKEN_SYMBOLS + "]+");

  static final Rule HEADER = Rule.matching("a header name", "[A-Za-z0-9" + TOKEN_SYMBOLS + "]+");

  static final Rule FREE_HEADER =
      header(
          "a header name, but not host, content-length or one that belongs to the connection",
          name -> !isOwn(name));

  static final Rule FREE_HEADER_OR_HOST =
      header(
          "a header name, but not content-length or one that belongs to the connection",
          name -> !isOwn(name) || isHost(name));

  static final Rule HEADER_VALUE =
      Rule.matching("a header value of printable Latin-1", "[\\t -~\\u0080-\\u00ff]*");

  private HttpRules() {}

  private static Rule header(String expected, Predicate<String> allowed) {
    return new Rule(expected, HEADER.pattern(), HEADER.test().and(allowed));
  }

  private static boolean isOwn(String name) {
    return OWN_HEADERS.contains(name.toLowerCase(Locale.ROOT));
  }

  /** Whether a header of that name says whom a request is for. */
  static boolean isHost(String name) {
    return name.equalsIgnoreCase("host");
  }
}
