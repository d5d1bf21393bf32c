package dev.weir.accesslog;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Keeps the lines; fails and blocks on demand. */
final class ScriptedSink implements Sink {

  private static final long PATIENCE_SECONDS = 10;

  private final List<String> lines = new ArrayList<>(); // Guarded by this
  private final CountDownLatch entered = new CountDownLatch(1);
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile CountDownLatch gate = new CountDownLatch(0);
  private volatile boolean failing;
  private volatile int reopened;

  /** From now on every write waits. */
  void block() {
    gate = new CountDownLatch(1);
  }

  void unblock() {
    gate.countDown();
  }

  void failing(boolean failing) {
    this.failing = failing;
  }

  /** Waits until the writer has brought its first lines, which are no longer in the queue. */
  void awaitWriter() throws InterruptedException {
    await(entered);
  }

  void awaitClosed() throws InterruptedException {
    await(closed);
  }

  private static void await(CountDownLatch latch) throws InterruptedException {
    if (!latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("the writer did not get there in time");
    }
  }

  int reopened() {
    return reopened;
  }

  synchronized List<String> lines() {
    return List.copyOf(lines);
  }

  @Override
  public void write(ByteBuffer bytes) throws IOException {
    entered.countDown();
    try {
      gate.await();
    } catch (InterruptedException e) {
      throw new InterruptedIOException("interrupted");
    }
    if (failing) {
      throw new IOException("No space left on device");
    }
    synchronized (this) {
      StandardCharsets.US_ASCII.decode(bytes).toString().lines().forEach(lines::add);
    }
  }

  @Override
  public void reopen() {
    reopened++;
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
