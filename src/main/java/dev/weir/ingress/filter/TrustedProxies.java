package dev.weir.ingress.filter;

import io.netty.util.NetUtil;
import java.util.Arrays;
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
    byte[] bytes = bytes(address);
    if (bytes == null) {
      return false;
    }
    for (Network network : networks) {
      if (network.contains(bytes)) {
        return true;
      }
    }
    return false;
  }

  /** The bytes of an address as text; an IPv4-mapped IPv6 address counts as IPv4. */
  private static byte[] bytes(String address) {
    byte[] bytes = NetUtil.createByteArrayFromIpAddressString(address);
    return bytes != null && bytes.length == 16 && isMapped(bytes)
        ? Arrays.copyOfRange(bytes, 12, 16)
        : bytes;
  }

  private static boolean isMapped(byte[] bytes) {
    for (int i = 0; i < 10; i++) {
      if (bytes[i] != 0) {
        return false;
      }
    }
    return bytes[10] == -1 && bytes[11] == -1;
  }

  private record Network(byte[] prefix, int bits) {

    static Network parse(String text) {
      int slash = text.indexOf('/');
      byte[] prefix = bytes(slash < 0 ? text : text.substring(0, slash));
      if (prefix == null) {
        throw new IllegalArgumentException("trustedProxies: " + text + " (expected: a CIDR block)");
      }
      int bits = slash < 0 ? prefix.length * 8 : Integer.parseInt(text.substring(slash + 1));
      return new Network(prefix, bits);
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
