package dev.weir.ingress.filter;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The addresses that a request came through, as far as they are to be believed: the chain of {@code
 * X-Forwarded-For} is read from the right while its addresses are trusted, and one further. What is
 * no address ends the walk, and so does an empty element.
 */
final class ForwardedChain {

  private ForwardedChain() {}

  /**
   * Reads a chain.
   *
   * @param peer the address of the peer, which is trusted
   * @param lines the values of {@code X-Forwarded-For}, the first first
   * @return the client's address first, the peer's last
   */
  static Deque<String> of(String peer, TrustedProxies trusted, List<String> lines) {
    Deque<String> chain = new ArrayDeque<>(4);
    chain.addFirst(peer);
    int line = lines.size() - 1;
    while (line >= 0 && extend(chain, trusted, lines.get(line))) {
      line--;
    }
    return chain;
  }

  /** Takes over the elements of a line, the last first; returns whether all of them are trusted. */
  private static boolean extend(Deque<String> chain, TrustedProxies trusted, String line) {
    int end = line.length();
    while (end >= 0) {
      int comma = line.lastIndexOf(',', end - 1);
      byte[] address = address(line.substring(comma + 1, end).trim());
      if (address == null) {
        return false;
      }
      chain.addFirst(IpAddress.format(address));
      if (!trusted.contains(address)) {
        return false;
      }
      end = comma;
    }
    return true;
  }

  /** The address of an element, to which some proxies append a port; {@code null} for none. */
  private static byte[] address(String element) {
    int close = element.startsWith("[") ? element.indexOf(']') : 0;
    int colon = element.indexOf(':', close);
    if (close > 0) {
      boolean alone = close == element.length() - 1;
      boolean fine = alone || colon == close + 1 && Authority.port(element, colon + 1) >= 0;
      return fine ? IpAddress.parse(element.substring(1, close)) : null;
    }
    boolean withPort = colon > 0 && colon == element.lastIndexOf(':');
    if (!withPort) {
      return IpAddress.parse(element);
    }
    boolean fine = Authority.port(element, colon + 1) >= 0;
    return fine ? IpAddress.parse(element.substring(0, colon)) : null;
  }
}
