package dev.weir.it;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;

/**
 * A body that does not repeat, that compresses badly and that costs next to nothing to make: a
 * random block of which every copy carries its number.
 */
final class Noise {
  private static final int BLOCK_BYTES = 65_536;

  private final byte[] block = new byte[BLOCK_BYTES];
  private final long length;

  /** A body of {@code length} bytes; the same seed makes the same body. */
  Noise(long seed, long length) {
    new SplittableRandom(seed).nextBytes(block);
    this.length = length;
  }

  /** Hands the whole body to {@code sink} and returns its checksum. */
  String writeTo(WireBody.Sink sink) throws IOException {
    Digest digest = new Digest();
    ByteBuffer number = ByteBuffer.wrap(block);
    for (long left = length, i = 0; left > 0; i++) {
      number.putLong(0, i);
      int n = (int) Math.min(left, BLOCK_BYTES);
      digest.write(block, 0, n);
      sink.write(block, 0, n);
      left -= n;
    }
    return digest.hex();
  }
}
