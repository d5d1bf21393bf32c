package dev.weir.accesslog;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Where the lines go. Used by the writer thread alone. */
interface Sink {

  /**
   * Writes and flushes whole lines, all of them, however long that takes.
   *
   * @throws IOException when at least one of them was not written; the next call tries anew
   */
  void write(ByteBuffer lines) throws IOException;

  /** Prepares for a file that was moved away: the next line goes to a new one. */
  void reopen();

  /** Lets go of what is open. */
  void close();
}
