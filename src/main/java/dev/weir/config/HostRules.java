package dev.weir.config;

import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The rules for hosts and addresses. They look at the text alone and never ask a name server. */
final class HostRules {
  private static final String LABEL = "[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?";
  private static final Pattern NAME = Pattern.compile(LABEL + "(\\." + LABEL + ")*");
  private static final int LONGEST_NAME = 253;

  /** What looks like an IPv4 address is one, or it is wrong. */
  private static final Pattern DIGITS = Pattern.compile("[0-9.]+");

  private static final Pattern RANGE = Pattern.compile("([^/]+)/(0|[1-9][0-9]{0,2})");
  private static final Pattern WITH_PORT =
      Pattern.compile("(?:\\[([^\\]]+)]|([^:\\[]+))(?::([0-9]{1,5}))?");

  static final Rule HOST =
      Rule.of("a host name or an IP address, without a port", HostRules::isHost);

  static final Rule PATTERN =
      Rule.of(
          "a host such as example.com or *.example.com, without a port",
          text -> isHost(text.startsWith("*.") ? text.substring(2) : text));

  static final Rule HOST_AND_PORT = Rule.of("a host[:port]", HostRules::isHostAndPort);

  static final Rule WITH_OPTIONAL_PORT =
      Rule.of("preserve, upstream or a host[:port]", HostRules::isHostAndPort);

  static final Rule CIDR =
      Rule.of(
          "an IP address or a range of them, such as 10.0.0.0/8 or fd00::/8",
          text -> isV4(text) || isV6(text) || isRange(text));

  static final Rule ALLOWED =
      Rule.of(
          CIDR.expected() + ", or a host such as example.com or *.example.com",
          text -> CIDR.test().test(text) || PATTERN.test().test(text));

  private HostRules() {}

  /**
   * Whether a host is one of those that a text which keeps to {@link #ALLOWED} stands for.
   *
   * @param host a name or an IP address, IPv6 without brackets
   */
  static boolean covers(String allowed, String host) {
    if (NetUtil.createByteArrayFromIpAddressString(host) != null) {
      return CIDR.test().test(allowed) && range(allowed).matches(address(host));
    }
    return allowed.startsWith("*.")
        ? host.regionMatches(
            true, host.length() - allowed.length() + 1, allowed, 1, allowed.length() - 1)
        : allowed.equalsIgnoreCase(host);
  }

  private static IpSubnetFilterRule range(String text) {
    int slash = text.indexOf('/');
    String address = slash < 0 ? text : text.substring(0, slash);
    int whole = isV4(address) ? 32 : 128;
    int bits = slash < 0 ? whole : Integer.parseInt(text.substring(slash + 1));
    return new IpSubnetFilterRule(address, bits, IpFilterRuleType.ACCEPT);
  }

  /** An IPv4 address that is written as an IPv6 one is the IPv4 address. */
  private static InetSocketAddress address(String host) {
    try {
      byte[] bytes = NetUtil.createByteArrayFromIpAddressString(host);
      return new InetSocketAddress(InetAddress.getByAddress(bytes), 0);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("An address has 4 or 16 bytes", e);
    }
  }

  private static boolean isHost(String text) {
    return isV4(text) || isV6(text) || isName(text);
  }

  private static boolean isName(String text) {
    return text.length() <= LONGEST_NAME
        && NAME.matcher(text).matches()
        && !DIGITS.matcher(text).matches();
  }

  private static boolean isHostAndPort(String text) {
    Matcher parts = WITH_PORT.matcher(text);
    if (!parts.matches()) {
      return false;
    }
    String v6 = parts.group(1);
    boolean host = v6 == null ? isHost(parts.group(2)) : isV6(v6);
    return host && (parts.group(3) == null || Integer.parseInt(parts.group(3)) <= 0xffff);
  }

  private static boolean isRange(String text) {
    Matcher parts = RANGE.matcher(text);
    if (!parts.matches()) {
      return false;
    }
    int bits = Integer.parseInt(parts.group(2));
    return isV4(parts.group(1)) && bits <= 32 || isV6(parts.group(1)) && bits <= 128;
  }

  private static boolean isV4(String text) {
    return NetUtil.isValidIpV4Address(text);
  }

  /** Without brackets and without a zone. */
  private static boolean isV6(String text) {
    return NetUtil.isValidIpV6Address(text) && text.indexOf('[') < 0 && text.indexOf('%') < 0;
  }
}
