package dev.weir.accesslog;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;

/**
 * Lines to a print stream, which belongs to others too and is never closed. Such a stream does not
 * forget an error: after the first one, every batch counts as lost, though it is still tried.
 */
final class StandardOutput implements Sink {

  private final PrintStream out;

  StandardOutput(PrintStream out) {
    this.out = out;
  }

  @Override
  public void write(ByteBuffer lines) throws IOException {
    out.write(lines.array(), lines.arrayOffset() + lines.position(), lines.remaining());
    if (out.checkError()) { // Flushes, too.
      throw new IOException("standard output cannot be written");
    }
  }

  @Override
  public void reopen() {
    // There is nothing to open.
  }

  @Override
  public void close() {
    out.flush();
  }
}
