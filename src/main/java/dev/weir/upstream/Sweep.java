package dev.weir.upstream;

/**
 * Watches the deadlines of all attempts of a lane: a list that is walked at every tick of the lane,
 * in place of a timer for each request. A deadline passes up to two ticks late, and never early.
 */
final class Sweep {

  private final Clock clock;
  private Attempt first;
  private int size;

  Sweep(Clock clock) {
    this.clock = clock;
  }

  void add(Attempt attempt) {
    attempt.next = first;
    if (first != null) {
      first.previous = attempt;
    }
    first = attempt;
    size++;
  }

  void remove(Attempt attempt) {
    if (attempt.previous != null) {
      attempt.previous.next = attempt.next;
    } else {
      first = attempt.next;
    }
    if (attempt.next != null) {
      attempt.next.previous = attempt.previous;
    }
    attempt.previous = null;
    attempt.next = null;
    size--;
  }

  /** How many attempts are under way. */
  int size() {
    return size;
  }

  /** Tells every attempt whose deadline has passed. */
  void run() {
    long now = clock.now();
    Attempt attempt = first;
    while (attempt != null) {
      Attempt next = attempt.next; // The attempt may remove itself, but no other.
      attempt.checkDeadline(now);
      attempt = next;
    }
  }
}
