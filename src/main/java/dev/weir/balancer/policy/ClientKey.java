package dev.weir.balancer.policy;

/**
 * What a client is known by: its IPv4 address, or the first 64 bits of its IPv6 address, because
 * the rest is the client's own to change. All spellings of an address give the same key.
 */
public final class ClientKey {

  /** The bits above an IPv4 address that is written as an IPv6 one. */
  private static final long MAPPED = 0xFFFF;

  private ClientKey() {}

  /**
   * The key of an address.
   *
   * @param address an IPv4 or IPv6 address without brackets
   */
  public static long of(String address) {
    int end = end(address);
    if (address.indexOf(':') < 0) {
      return Hashing.mix(quad(address, 0, end));
    }
    int gap = address.indexOf("::");
    if (gap < 0) {
      return key(half(address, 0, end, 0), half(address, 0, end, 4));
    }
    // The groups before the gap fill the address from its start, those behind it from its end.
    int behind = groups(address, gap + 2, end);
    return key(
        half(address, 0, gap, 0) | half(address, gap + 2, end, behind - 8),
        half(address, 0, gap, 4) | half(address, gap + 2, end, behind - 4));
  }

  /** Without the zone. */
  private static int end(String address) {
    int zone = address.indexOf('%');
    return zone < 0 ? address.length() : zone;
  }

  private static long key(long high, long low) {
    boolean mapped = high == 0 && low >>> 32 == MAPPED;
    return Hashing.mix(mapped ? low & 0xFFFF_FFFFL : ~high);
  }

  /** Four of the groups that are written between two positions, the one at {@code first} first. */
  private static long half(String address, int from, int to, int first) {
    long half = 0;
    int group = -first;
    for (int start = from; start < to; ) {
      int stop = stop(address, start, to);
      if (isQuad(address, start, stop)) {
        long quad = quad(address, start, stop);
        half |= place(quad >>> 16, group) | place(quad & 0xFFFF, group + 1);
        group += 2;
      } else {
        half |= place(hex(address, start, stop), group);
        group++;
      }
      start = stop + 1;
    }
    return half;
  }

  private static long place(long value, int group) {
    return group >= 0 && group < 4 ? value << 16 * (3 - group) : 0;
  }

  private static int groups(String address, int from, int to) {
    int groups = 0;
    for (int start = from; start < to; ) {
      int stop = stop(address, start, to);
      groups += isQuad(address, start, stop) ? 2 : 1;
      start = stop + 1;
    }
    return groups;
  }

  private static int stop(String address, int start, int to) {
    int colon = address.indexOf(':', start);
    return colon < 0 || colon > to ? to : colon;
  }

  private static boolean isQuad(String address, int start, int stop) {
    int dot = address.indexOf('.', start);
    return dot >= 0 && dot < stop;
  }

  private static long hex(String address, int start, int stop) {
    long value = 0;
    for (int i = start; i < stop; i++) {
      value = value << 4 | Character.digit(address.charAt(i), 16) & 0xF;
    }
    return value;
  }

  private static long quad(String address, int start, int stop) {
    long value = 0;
    long part = 0;
    for (int i = start; i < stop; i++) {
      char c = address.charAt(i);
      if (c == '.') {
        value = value << 8 | part;
        part = 0;
      } else {
        part = part * 10 + (c - '0');
      }
    }
    return value << 8 | part;
  }
}
