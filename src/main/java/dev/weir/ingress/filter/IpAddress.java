package dev.weir.ingress.filter;

import io.netty.util.NetUtil;
import java.util.Arrays;

/**
 * IP addresses as bytes and as text. An IPv4 address written as an IPv6 one ({@code
 * ::ffff:10.0.0.1}) is the IPv4 address. No name is ever resolved.
 */
final class IpAddress {

  /** The bits before the IPv4 address in an IPv6 one. */
  static final int MAPPED_BITS = 96;

  private IpAddress() {}

  /**
   * The bytes of an address.
   *
   * @param text without a zone
   * @return 4 or 16 bytes; {@code null} when the text is no address
   */
  static byte[] parse(String text) {
    byte[] bytes = text.indexOf('%') < 0 ? NetUtil.createByteArrayFromIpAddressString(text) : null;
    return bytes != null && isMapped(bytes) ? Arrays.copyOfRange(bytes, 12, 16) : bytes;
  }

  /** The one text for these bytes (RFC 5952). */
  static String format(byte[] bytes) {
    return NetUtil.bytesToIpAddress(bytes);
  }

  /**
   * An address of this machine's connections, which may have a zone; {@code null} when it is none.
   */
  static byte[] parseLocal(String text) {
    int zone = text.indexOf('%');
    return parse(zone < 0 ? text : text.substring(0, zone));
  }

  private static boolean isMapped(byte[] bytes) {
    if (bytes.length != 16 || bytes[10] != -1 || bytes[11] != -1) {
      return false;
    }
    for (int i = 0; i < 10; i++) {
      if (bytes[i] != 0) {
        return false;
      }
    }
    return true;
  }
}
