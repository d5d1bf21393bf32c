package dev.weir.it;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.regex.Pattern;

/** Reads message bodies off a {@link WireReader}, whole or piece by piece. */
final class WireBody {
  /** Takes what is there of a body, for as long as the message lasts. */
  interface Sink {
    void write(byte[] bytes, int offset, int length) throws IOException;
  }

  private static final Pattern CHUNK = Pattern.compile("([0-9A-Fa-f]{1,8})[\\t ]*(;.*)?");

  private final WireReader in;

  WireBody(WireReader in) {
    this.in = in;
  }

  /** Hands a body to {@code sink} piece by piece and returns its trailers. */
  Fields copy(Framing framing, Fields headers, Sink sink) throws IOException {
    switch (framing) {
      case LENGTH -> copy(Long.parseLong(headers.first("content-length")), sink);
      case CLOSE -> copyToEnd(sink);
      case CHUNKED -> {
        return copyChunks(sink);
      }
      case NONE -> {}
    }
    return Fields.NONE;
  }

  /** The data of one chunk; empty for the last one, whose trailers are left unread. */
  byte[] chunk() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int size = chunkSize();
    if (size > 0) {
      chunkData(size, out::write);
    }
    return out.toByteArray();
  }

  /** Exactly {@code count} bytes. */
  byte[] bytes(int count) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream(count);
    copy(count, out::write);
    return out.toByteArray();
  }

  private Fields copyChunks(Sink sink) throws IOException {
    for (int size = chunkSize(); size > 0; size = chunkSize()) {
      chunkData(size, sink);
    }
    return in.fields();
  }

  private int chunkSize() throws IOException {
    String line = in.line("chunk size", false);
    return Integer.parseInt(WireReader.match(CHUNK, line).group(1), 16);
  }

  private void chunkData(int size, Sink sink) throws IOException {
    copy(size, sink);
    String rest = in.line("chunk", false);
    if (!rest.isEmpty()) {
      throw new WireException("a chunk longer than its size: " + rest);
    }
  }

  private void copy(long count, Sink sink) throws IOException {
    byte[] buffer = new byte[16_384];
    for (long left = count; left > 0; ) {
      int n = in.read(buffer, (int) Math.min(buffer.length, left));
      if (n < 0) {
        throw new TruncatedException("a body, " + left + " of " + count + " bytes missing");
      }
      sink.write(buffer, 0, n);
      left -= n;
    }
  }

  private void copyToEnd(Sink sink) throws IOException {
    byte[] buffer = new byte[16_384];
    for (int n = in.read(buffer, buffer.length); n >= 0; n = in.read(buffer, buffer.length)) {
      sink.write(buffer, 0, n);
    }
  }
}
