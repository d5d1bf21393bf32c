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

  private final Slots whole = new Slots();
  private final Slots one = new Slots(whole);
  private final Slots other = new Slots(whole);

  @Test
  void endpoints_shareWhatTheUpstreamHas() {
    assertThat(one.take(2, 3)).isNull();
    assertThat(one.take(2, 3)).isNull();
    assertThat(one.take(2, 3)).as("its own are taken").isSameAs(one);
    assertThat(other.take(2, 3)).isNull();
    assertThat(other.take(2, 3)).as("those of all are taken").isSameAs(whole);
    assertThat(List.of(one.taken(), other.taken(), whole.taken())).containsExactly(2, 1, 3);
    one.free();
    assertThat(other.take(2, 3)).isNull();
    assertThat(other.take(9, 0)).as("no bound").isNull();
    assertThat(whole.taken()).isEqualTo(4);
  }

  @Test
  void slotThatIsFree_wakesThoseOfOtherEndpointsToo() {
    assertThat(one.take(1, 1)).isNull();
    whole.await(() -> woken.add("other"));
    assertThat(one.wanted()).isTrue();
    one.free();
    assertThat(woken).containsExactly("other");
  }

  @Test
  void endpointWithMoreThanItsShare_owesWhenAnotherWaits() {
    whole.parts(2);
    for (int i = 0; i < 4; i++) {
      assertThat(one.take(9, 4)).isNull();
    }
    assertThat(one.owed(4)).as("nobody waits").isFalse();
    whole.await(() -> woken.add("other"));
    assertThat(one.owed(4)).isTrue();
    assertThat(one.owed(0)).as("no bound").isFalse();
    assertThat(other.owed(4)).isFalse();
    one.free();
    one.free();
    whole.await(() -> woken.add("other"));
    assertThat(one.owed(4)).as("half of four is its share").isFalse();
  }

  @Test
  void lenders_areAskedByTheOtherEndpointsToo() {
    Runnable lender = () -> woken.add("lender");
    one.join(lender);
    whole.await(() -> woken.add("waiter"));
    assertThat(woken).containsExactly("lender");
    one.leave(lender);
    whole.await(() -> woken.add("waiter"));
    assertThat(woken).hasSize(1);
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
