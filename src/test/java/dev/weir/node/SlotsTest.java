package dev.weir.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SlotsTest {

  private final Slots slots = new Slots();
  private final List<String> woken = new ArrayList<>();

  @Test
  void take_stopsAtTheBound() {
    assertThat(slots.take(2)).isTrue();
    assertThat(slots.take(2)).isTrue();
    assertThat(slots.take(2)).isFalse();
    assertThat(slots.taken()).isEqualTo(2);
    slots.free();
    assertThat(slots.take(2)).isTrue();
  }

  @Test
  void free_wakesWhoHasWaitedLongest() {
    slots.take(1);
    slots.await(() -> woken.add("first"));
    slots.await(() -> woken.add("second"));
    assertThat(slots.wanted()).isTrue();
    slots.free();
    assertThat(woken).containsExactly("first");
    slots.wakeNext();
    assertThat(woken).containsExactly("first", "second");
    assertThat(slots.wanted()).isFalse();
    slots.wakeNext();
    assertThat(woken).hasSize(2);
  }

  @Test
  void await_asksTheLenders() {
    Runnable lender = () -> woken.add("lender");
    slots.join(lender);
    slots.await(() -> woken.add("waiter"));
    assertThat(woken).containsExactly("lender");
    slots.leave(lender);
    slots.await(() -> woken.add("waiter"));
    assertThat(woken).containsExactly("lender");
  }

  /** Threads that take, wait and free as lanes do: nobody waits for ever, nobody exceeds. */
  @Test
  void race_neverExceedsTheBoundAndForgetsNobody() throws Exception {
    int max = 3;
    int rounds = 20_000;
    AtomicInteger held = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    AtomicInteger done = new AtomicInteger();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Thread thread =
          new Thread(
              () -> {
                for (int n = 0; n < rounds; n++) {
                  hold(max);
                  most.accumulateAndGet(held.incrementAndGet(), Math::max);
                  held.decrementAndGet();
                  slots.free();
                }
                done.incrementAndGet();
              });
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join(TimeUnit.SECONDS.toMillis(30));
    }
    assertThat(done.get()).isEqualTo(4);
    assertThat(most.get()).isLessThanOrEqualTo(max);
    assertThat(slots.taken()).isZero();
  }

  private void hold(int max) {
    while (!slots.take(max)) {
      Semaphore wake = new Semaphore(0);
      slots.await(wake::release);
      if (slots.take(max)) {
        // What this entry wakes up for later is passed on, as a lane does.
        if (wake.tryAcquire()) {
          slots.wakeNext();
        }
        return;
      }
      try {
        if (!wake.tryAcquire(20, TimeUnit.SECONDS)) {
          return;
        }
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
