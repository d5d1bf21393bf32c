package dev.weir.accesslog;

import java.util.concurrent.atomic.LongAdder;

/** What became of the entries. Any thread may count and read. */
final class Tally {

  private final LongAdder written = new LongAdder();
  private final LongAdder dropped = new LongAdder();

  void written(long lines) {
    written.add(lines);
  }

  void dropped(long lines) {
    dropped.add(lines);
  }

  /** Lines that were handed to the operating system. */
  long written() {
    return written.sum();
  }

  /** Entries that will never be lines. */
  long dropped() {
    return dropped.sum();
  }
}
