package dev.weir.node;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many connections the lanes of this node have to an endpoint together, and which lanes wait
 * for one to become free. Any thread may use it.
 *
 * <p>Those of an endpoint count in those of its upstream, too, where lanes may wait as well. Who
 * finds no slot waits where there is none.
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
  private final Slots whole;
  private volatile int parts = 1;

  /** The slots of an upstream. */
  public Slots() {
    this(null);
  }

  /**
   * The slots of an endpoint.
   *
   * @param whole those of its upstream
   */
  public Slots(Slots whole) {
    this.whole = whole;
  }

  /** Says how many endpoints the upstream has whose slots these are. */
  void parts(int parts) {
    this.parts = parts;
  }

  /**
   * Takes a slot of the endpoint and of its upstream.
   *
   * @param max how many the endpoint has
   * @param maxWhole how many the upstream has; 0 for any number
   * @return null, or where there is none
   */
  public Slots take(int max, int maxWhole) {
    if (!whole.take(maxWhole == 0 ? Integer.MAX_VALUE : maxWhole)) {
      return whole;
    }
    if (!take(max)) {
      whole.free();
      return this;
    }
    return null;
  }

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
    if (whole != null) {
      whole.free();
    }
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
    return !waiting.isEmpty() || whole != null && whole.wanted();
  }

  /**
   * Whether another endpoint of the upstream waits that is to have some of these: this one has more
   * than its share, and would have so for as long as it is busy.
   *
   * @param maxWhole how many the upstream has; 0 for any number
   */
  public boolean owed(int maxWhole) {
    return maxWhole > 0 && whole.wanted() && taken() > maxWhole / whole.parts;
  }

  /**
   * Takes part in lending.
   *
   * @param lender called on any thread when a lane waits
   */
  public void join(Runnable lender) {
    lenders.add(lender);
    if (whole != null) {
      whole.join(lender);
    }
  }

  /** Undoes one {@link #join}. */
  public void leave(Runnable lender) {
    lenders.remove(lender);
    if (whole != null) {
      whole.leave(lender);
    }
  }

  /** How many are taken. */
  public int taken() {
    return taken.get();
  }
}
