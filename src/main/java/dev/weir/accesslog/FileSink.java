package dev.weir.accesslog;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Appends lines to a file. When the file was moved or deleted, which is looked at once a second
 * while there are lines, or after a failure, the path is opened again.
 */
final class FileSink implements Sink {

  /** How often the path is compared with the open file. */
  static final long CHECK_NANOS = TimeUnit.SECONDS.toNanos(1);

  private static final byte LINE_FEED = '\n';

  private final Path path;
  private final LongSupplier nanos;
  private FileChannel channel;
  private Object key;
  private long checked;
  private boolean torn;

  /**
   * @throws IOException when the file cannot be opened for appending
   */
  FileSink(Path path, LongSupplier nanos) throws IOException {
    this.path = path;
    this.nanos = nanos;
    open();
  }

  @Override
  public void write(ByteBuffer lines) throws IOException {
    ready();
    try {
      if (torn) {
        writeAll(ByteBuffer.wrap(new byte[] {LINE_FEED}));
        torn = false;
      }
      writeAll(lines);
    } catch (IOException e) {
      torn |= lines.position() > 0 && lines.get(lines.position() - 1) != LINE_FEED;
      close();
      throw e;
    }
  }

  private void writeAll(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  private void ready() throws IOException {
    if (channel != null && nanos.getAsLong() - checked >= CHECK_NANOS) {
      checked = nanos.getAsLong();
      if (!isInPlace()) {
        close();
      }
    }
    if (channel == null) {
      open();
    }
  }

  /** Whether the path still leads to the open file; taken for granted where files have no key. */
  private boolean isInPlace() {
    try {
      return key == null || key.equals(fileKey());
    } catch (IOException e) {
      return false;
    }
  }

  private void open() throws IOException {
    channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    key = fileKey();
    checked = nanos.getAsLong();
  }

  private Object fileKey() throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
  }

  @Override
  public void reopen() {
    close();
  }

  @Override
  public void close() {
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException e) {
        // The bytes were handed over by write(): there is nothing left to lose.
      }
      channel = null;
    }
  }
}
