package dev.weir.ingress.filter;

import java.util.List;

/** The networks whose word about a request's origin is taken. No name is ever resolved. */
public final class TrustedProxies {

  private final Network[] networks;

  /**
   * @param networks addresses and CIDR blocks, IPv4 and IPv6
   */
  public TrustedProxies(List<String> networks) {
    this.networks = networks.stream().map(Network::parse).toArray(Network[]::new);
  }

  /**
   * Whether an address, given as text, lies in one of the networks. What is no address does not.
   */
  public boolean contains(String address) {
    if (networks.length == 0) {
      return false;
    }
    byte[] bytes = IpAddress.parse(address);
    return bytes != null && contains(bytes);
  }

  /** Whether an address of 4 or 16 bytes lies in one of the networks. */
  boolean contains(byte[] address) {
    for (Network network : networks) {
      if (network.contains(address)) {
        return true;
      }
    }
    return false;
  }

  private record Network(byte[] prefix, int bits) {

    static Network parse(String text) {
      int slash = text.indexOf('/');
      String address = slash < 0 ? text : text.substring(0, slash);
      byte[] prefix = IpAddress.parse(address);
      if (prefix == null) {
        throw new IllegalArgumentException("trustedProxies: " + text + " (expected: a CIDR block)");
      }
      if (slash < 0) {
        return new Network(prefix, prefix.length * 8);
      }
      int bits = Integer.parseInt(text.substring(slash + 1));
      boolean mapped = prefix.length == 4 && address.indexOf(':') >= 0;
      return new Network(prefix, mapped ? Math.max(0, bits - IpAddress.MAPPED_BITS) : bits);
    }

    boolean contains(byte[] address) {
      if (address.length != prefix.length) {
        return false;
      }
      int whole = bits / 8;
      for (int i = 0; i < whole; i++) {
        if (address[i] != prefix[i]) {
          return false;
        }
      }
      int rest = bits % 8;
      return rest == 0 || ((address[whole] ^ prefix[whole]) & 0xff) >>> 8 - rest == 0;
    }
  }
}
