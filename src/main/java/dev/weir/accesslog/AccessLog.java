package dev.weir.accesslog;

import dev.weir.config.AccessLogConfig;
import io.vertx.core.internal.logging.Logger;
import io.vertx.core.internal.logging.LoggerFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.jctools.queues.atomic.MpscAtomicArrayQueue;

/**
 * Writes one line for each exchange, somewhere else than on the event loops. All methods may be
 * called by any thread; only {@link #close} blocks.
 *
 * <p>Lines leave at most 50 milliseconds after their entry was offered, unless the output is slow.
 * Then the queue fills, and what does not fit is dropped and counted: a slow disk never slows a
 * request. A queue should hold at least a twentieth of the requests of a second.
 */
public final class AccessLog implements AutoCloseable {

  /** How long {@link #close} waits for the output, in milliseconds. */
  public static final long DEFAULT_CLOSE_MILLIS = 5_000;

  private static final Logger LOGGER = LoggerFactory.getLogger(AccessLog.class);

  private final Sampling sampling;
  private final Tally tally;
  private final Queue<AccessEntry> queue;
  private final LogWriter writer;
  private final Thread thread;
  private volatile boolean closed;

  /** A log that writes nothing. */
  private AccessLog(Sampling sampling) {
    this.sampling = sampling;
    this.tally = new Tally();
    this.queue = null;
    this.writer = null;
    this.thread = null;
    this.closed = true;
  }

  private AccessLog(AccessLogConfig config, Sampling sampling, Sink sink, LongSupplier nanos) {
    this.sampling = sampling;
    this.tally = new Tally();
    // The variant without sun.misc.Unsafe, which later JDKs warn of and then remove.
    this.queue = new MpscAtomicArrayQueue<>(config.queueSize());
    Complaints complaints = new Complaints(LOGGER::warn, nanos, tally);
    this.writer = new LogWriter(queue, LineFormat.of(config.format()), sink, tally, complaints);
    this.thread = new Thread(writer, "weir-access-log");
    thread.setDaemon(true);
  }

  /**
   * Opens the log and starts its writer; neither when the configuration says off.
   *
   * @throws IOException when the file cannot be opened for appending
   */
  public static AccessLog of(AccessLogConfig config) throws IOException {
    Sampling sampling = new Sampling(config, () -> ThreadLocalRandom.current().nextLong());
    if (!sampling.enabled()) {
      return new AccessLog(sampling);
    }
    return started(config, sampling, sink(config, System::nanoTime), System::nanoTime);
  }

  /** A running log with its surroundings given. */
  static AccessLog started(
      AccessLogConfig config, Sampling sampling, Sink sink, LongSupplier nanos) {
    AccessLog log = new AccessLog(config, sampling, sink, nanos);
    log.thread.start();
    return log;
  }

  private static Sink sink(AccessLogConfig config, LongSupplier nanos) throws IOException {
    return config.path() == null
        ? new StandardOutput(System.out)
        : new FileSink(Path.of(config.path()), nanos);
  }

  /** Whether anything is ever written. */
  public boolean enabled() {
    return sampling.enabled();
  }

  /**
   * Whether the exchange that ends so is to be logged; ask once, before its entry is made. In
   * sampled mode, everything with a status of 500 or more or with a flag is, and a share of the
   * rest.
   *
   * @param flag why it did not go as it should; {@code null} when it did
   */
  public boolean wants(int status, String flag) {
    return sampling.wants(status, flag);
  }

  /** Takes an entry over; drops and counts it when the queue is full or the log is closed. */
  public void offer(AccessEntry entry) {
    if (closed || !queue.offer(entry)) {
      tally.dropped(1);
    }
  }

  /** How many lines were written since the start. */
  public long written() {
    return tally.written();
  }

  /** How many entries were lost since the start: to a full queue, a failed write, or the end. */
  public long dropped() {
    return tally.dropped();
  }

  /** Makes the writer open its file anew with the next line; for a file that was rotated. */
  public void reopen() {
    if (writer != null) {
      writer.reopen();
    }
  }

  /** Like {@link #close(long)} with {@value #DEFAULT_CLOSE_MILLIS} milliseconds. */
  @Override
  public void close() {
    close(DEFAULT_CLOSE_MILLIS);
  }

  /**
   * Refuses new entries, writes those in the queue, and lets go of the output. Blocks: not for
   * event loops. An entry that is offered at the same time may be lost without being counted.
   *
   * @param millis how long to wait, 1 or more; what is not written by then is dropped
   */
  public void close(long millis) {
    closed = true;
    if (writer != null) {
      writer.finish();
      LockSupport.unpark(thread);
      if (!ended(millis)) {
        writer.abandon();
        thread.interrupt();
        LOGGER.warn("Access log: not all lines were written within " + millis + " ms");
      }
    }
  }

  private boolean ended(long millis) {
    try {
      TimeUnit.MILLISECONDS.timedJoin(thread, millis);
      return !thread.isAlive();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
