package dev.weir.upstream;

/**
 * Watches the deadlines of all attempts of a lane: a list that is walked at every tick of the lane,
 * in place of a timer for each request. A deadline passes up to two ticks late, and never early.
 */
final class Sweep {

  /** What has a deadline. */
  abstract static class Entry {
    private Entry next;
    private Entry previous;

    /**
     * Called at every tick.
     *
     * @param now the time in nanoseconds
     */
    abstract void check(long now);
  }

  private final Clock clock;
  private Entry first;
  private int size;

  Sweep(Clock clock) {
    this.clock = clock;
  }

  void add(Entry entry) {
    entry.next = first;
    if (first != null) {
      first.previous = entry;
    }
    first = entry;
    size++;
  }

  void remove(Entry entry) {
    if (entry.previous != null) {
      entry.previous.next = entry.next;
    } else {
      first = entry.next;
    }
    if (entry.next != null) {
      entry.next.previous = entry.previous;
    }
    entry.previous = null;
    entry.next = null;
    size--;
  }

  /** How many are under way. */
  int size() {
    return size;
  }

  /** Lets everyone look at the time. */
  void run() {
    long now = clock.now();
    Entry entry = first;
    while (entry != null) {
      Entry next = entry.next; // An entry may remove itself, but no other.
      entry.check(now);
      entry = next;
    }
  }
}
