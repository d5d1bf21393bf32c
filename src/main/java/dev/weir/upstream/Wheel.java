package dev.weir.upstream;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Short waits of a lane, in steps of a few milliseconds: a ring of lists, and one timer that runs
 * only while somebody waits. A wait ends up to two steps late, and never early. For one thread.
 */
final class Wheel {

  /** How long a step takes. */
  static final long STEP_MILLIS = 4;

  private static final long STEP = TimeUnit.MILLISECONDS.toNanos(STEP_MILLIS);

  /** A power of two; a turn takes half a second. */
  private static final int SLOTS = 128;

  private final Wait[] slots = new Wait[SLOTS];
  private final LongSupplier nanos;
  private final Runnable alarm;
  private long step;
  private int size;
  private boolean armed;

  /**
   * @param alarm sees to it that {@link #turn()} is called after {@link #STEP_MILLIS}
   */
  Wheel(LongSupplier nanos, Runnable alarm) {
    this.nanos = nanos;
    this.alarm = alarm;
  }

  /** Something that is to happen later. */
  abstract static class Wait {
    private Wait next;
    private Wait previous;
    private int slot = -1;
    private long due;

    /** The time has come; the wait is in the wheel no more. */
    abstract void over();
  }

  void add(Wait wait, long delayNanos) {
    long now = nanos.getAsLong();
    if (size++ == 0) {
      step = Math.floorDiv(now, STEP);
    }
    wait.due = now + delayNanos;
    insert(wait, (int) Math.floorDiv(wait.due, STEP) + 1 & SLOTS - 1);
    arm();
  }

  private void arm() {
    if (!armed) {
      armed = true;
      alarm.run();
    }
  }

  private void insert(Wait wait, int slot) {
    wait.slot = slot;
    wait.next = slots[slot];
    if (wait.next != null) {
      wait.next.previous = wait;
    }
    slots[slot] = wait;
  }

  /** Takes out what need not happen any more; nothing when it is over already. */
  void remove(Wait wait) {
    if (wait.slot < 0) {
      return;
    }
    if (wait.previous == null) {
      slots[wait.slot] = wait.next;
    } else {
      wait.previous.next = wait.next;
    }
    if (wait.next != null) {
      wait.next.previous = wait.previous;
    }
    wait.next = null;
    wait.previous = null;
    wait.slot = -1;
    size--;
  }

  /** How many wait. */
  int size() {
    return size;
  }

  /** Goes on to the present. */
  void turn() {
    long now = nanos.getAsLong();
    long present = Math.floorDiv(now, STEP);
    armed = false;
    step = Math.max(step, present - SLOTS); // A turn sees them all.
    while (step < present) {
      step++;
      expire((int) step & SLOTS - 1, now);
    }
    if (size > 0) {
      arm();
    }
  }

  private void expire(int slot, long now) {
    Wait wait = slots[slot];
    while (wait != null) {
      Wait next = wait.next;
      if (wait.due - now <= 0) {
        remove(wait);
        wait.over();
      }
      // What is over may remove others, the next one too: then begin again.
      wait = next != null && next.slot != slot ? slots[slot] : next;
    }
  }
}
