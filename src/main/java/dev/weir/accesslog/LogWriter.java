package dev.weir.accesslog;

import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The work of the one thread that takes entries out of the queue: formats them into its buffer, and
 * writes the buffer when it is full or the queue is empty. Then it sleeps for a moment, so that a
 * producer never pays for waking it and a write carries many lines.
 */
final class LogWriter implements Runnable {

  /** A batch is written when it has at least this size. */
  static final int BATCH_BYTES = 1 << 16;

  /** How long an entry waits at most for a writer that has nothing else to do. */
  static final long IDLE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  /** Room for the line that overruns a batch, so that the buffer rarely grows. */
  private static final int OVERRUN_BYTES = 1 << 12;

  private final Queue<AccessEntry> queue;
  private final LineFormat format;
  private final Sink sink;
  private final Tally tally;
  private final Complaints complaints;
  private final LineBuffer buffer = new LineBuffer(BATCH_BYTES + OVERRUN_BYTES);
  private volatile boolean reopen;
  private volatile boolean closing;
  private volatile boolean abandoned;

  LogWriter(
      Queue<AccessEntry> queue, LineFormat format, Sink sink, Tally tally, Complaints complaints) {
    this.queue = queue;
    this.format = format;
    this.sink = sink;
    this.tally = tally;
    this.complaints = complaints;
  }

  /** Makes the writer open its file again before the next batch. */
  void reopen() {
    reopen = true;
  }

  /** Makes the writer end once the queue is empty. The caller wakes its thread. */
  void finish() {
    closing = true;
  }

  /** Makes the writer end after the batch at hand. The caller interrupts its thread. */
  void abandon() {
    abandoned = true;
  }

  @Override
  public void run() {
    try {
      writeUntilClosed();
    } finally {
      dropRest();
      complaints.check();
      sink.close();
    }
  }

  private void writeUntilClosed() {
    boolean last = false;
    while (!last && !abandoned) {
      boolean ending = closing; // Read before the queue is: what was offered before the end counts.
      boolean more = batch();
      complaints.check();
      if (!more) {
        last = ending;
        if (!last) {
          LockSupport.parkNanos(this, IDLE_NANOS);
        }
      }
    }
  }

  /** Writes up to one batch. Returns whether the queue may hold more. */
  private boolean batch() {
    int lines = 0;
    AccessEntry entry = null;
    while (buffer.length() < BATCH_BYTES && (entry = queue.poll()) != null) {
      lines += format(entry);
    }
    if (lines > 0) {
      write(lines);
    }
    return entry != null;
  }

  private int format(AccessEntry entry) {
    int start = buffer.length();
    try {
      format.append(entry, buffer);
      return 1;
    } catch (RuntimeException e) {
      buffer.truncate(start);
      lost(1, e);
      return 0;
    }
  }

  private void write(int lines) {
    try {
      if (reopen) {
        reopen = false;
        sink.reopen();
      }
      sink.write(buffer.view());
      tally.written(lines);
    } catch (IOException | RuntimeException e) {
      lost(lines, e);
    } finally {
      buffer.clear();
    }
  }

  private void lost(int lines, Exception cause) {
    tally.dropped(lines);
    complaints.cause(cause);
  }

  /** Counts what nobody will write any more. */
  private void dropRest() {
    while (queue.poll() != null) {
      tally.dropped(1);
    }
  }
}
