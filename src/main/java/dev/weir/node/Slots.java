package dev.weir.node;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many connections the lanes of this node have to an endpoint together, and which lanes wait
 * for one to become free. Any thread may use it.
 */
public final class Slots {

  /*
   * A lane that finds no slot first enters the queue and then tries again; one that frees a slot
   * first counts down and then looks into the queue. So one of the two sees the other. A lane that
   * is woken and needs no slot any more wakes the next, or that one would wait for ever.
   */
  private final AtomicInteger taken = new AtomicInteger();
  private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
  private final List<Runnable> lenders = new CopyOnWriteArrayList<>();

  /** Takes a slot if fewer than {@code max} are taken. Returns whether it did. */
  public boolean take(int max) {
    int seen;
    do {
      seen = taken.get();
      if (seen >= max) {
        return false;
      }
    } while (!taken.compareAndSet(seen, seen + 1));
    return true;
  }

  /** Gives a slot back, and wakes who has waited longest. */
  public void free() {
    taken.decrementAndGet();
    wakeNext();
  }

  /** Wakes who has waited longest, for one that was woken in vain. */
  public void wakeNext() {
    Runnable next = waiting.poll();
    if (next != null) {
      next.run();
    }
  }

  /**
   * Enters the queue, and asks the other lanes for what they don't use. Try {@link #take} again
   * afterwards.
   *
   * @param wake called once, on any thread, when a slot may be free
   */
  public void await(Runnable wake) {
    waiting.add(wake);
    lenders.forEach(Runnable::run);
  }

  /** Whether a lane waits. */
  public boolean wanted() {
    return !waiting.isEmpty();
  }

  /**
   * Takes part in lending.
   *
   * @param lender called on any thread when a lane waits
   */
  public void join(Runnable lender) {
    lenders.add(lender);
  }

  /** Undoes one {@link #join}. */
  public void leave(Runnable lender) {
    lenders.remove(lender);
  }

  /** How many are taken. */
  public int taken() {
    return taken.get();
  }
}
