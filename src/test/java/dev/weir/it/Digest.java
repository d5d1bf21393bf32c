package dev.weir.it;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The SHA-256 of all that was written to it, and how much that was. One thread writes. */
final class Digest implements WireBody.Sink {
  private final MessageDigest sha256;
  private volatile long bytes;

  Digest() {
    try {
      sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void write(byte[] data, int offset, int length) {
    sha256.update(data, offset, length);
    bytes = bytes + length;
  }

  /** Bytes so far; any thread may ask. */
  long bytes() {
    return bytes;
  }

  String hex() {
    return HexFormat.of().formatHex(sha256.digest());
  }
}
