package dev.weir.config;

import dev.weir.bus.Addresses;
import java.util.Set;

/**
 * The rules for addresses that the bridge opens, and that requests are sent to. Most of Weir's own
 * carry what nodes and roles tell one another, and those of Vert.x the answers to requests: nobody
 * else has a business there.
 */
final class BusRules {

  private static final String OWN = "weir.";
  private static final String OF_VERTX = "__vertx";

  private static final Rule ADDRESS =
      Rule.matching(
          "an event-bus address of printable ASCII, or the beginning of some followed by *",
          "[!-)+-~]{0,255}[!-~]");

  static final Rule INBOUND = but(Addresses.CONTROL, Addresses.ANNOUNCE);

  static final Rule OUTBOUND = but(Addresses.EVENTS);

  private static final Rule PLAIN =
      Rule.matching("an event-bus address of printable ASCII", "[!-~]{1,256}");

  /** Where requests of clients may be sent: nothing of Weir or Vert.x. */
  static final Rule TARGET =
      new Rule(
          PLAIN.expected() + " that begins neither with weir. nor with __vertx",
          PLAIN.pattern(),
          PLAIN.test().and(text -> !text.startsWith(OWN) && !text.startsWith(OF_VERTX)));

  private BusRules() {}

  private static Rule but(String... open) {
    Set<String> exceptions = Set.of(open);
    String own = String.join(" and ", open);
    return new Rule(
        ADDRESS.expected() + "; of those that begin with " + OWN + " only " + own,
        ADDRESS.pattern(),
        ADDRESS.test().and(text -> exceptions.contains(text) || !reaches(text)));
  }

  private static boolean reaches(String text) {
    boolean many = text.endsWith("*");
    String start = many ? text.substring(0, text.length() - 1) : text;
    return begins(start, OWN, many) || begins(start, OF_VERTX, many);
  }

  private static boolean begins(String start, String reserved, boolean many) {
    return start.startsWith(reserved) || many && reserved.startsWith(start);
  }
}
