package dev.weir.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RiseFallTest {

  /**
   * Feeds results, {@code +} and {@code -}, and draws the state after each: {@code u} or {@code d}.
   */
  private static String run(RiseFall state, String results) {
    StringBuilder drawn = new StringBuilder();
    for (char result : results.toCharArray()) {
      boolean before = state.up();
      boolean flipped = result == '+' ? state.success() : state.failure();
      assertThat(flipped).isEqualTo(before != state.up());
      drawn.append(state.up() ? 'u' : 'd');
    }
    return drawn.toString();
  }

  @ParameterizedTest
  @CsvSource({
    "2, 3, ---++, uuddu",
    "2, 3, --+---, uuuuud",
    "2, 3, ----+-++, uudddddu",
    "1, 1, -+-+, dudu",
    "3, 1, -++-+++, ddddddu",
    "1, 4, +++---+----, uuuuuuuuuud"
  })
  void results_flipTheStateAtTheExactProbe(int rise, int fall, String results, String states) {
    assertThat(run(new RiseFall(rise, fall, true, false), results)).isEqualTo(states);
  }

  @Test
  void startDown_needsRiseSuccesses() {
    assertThat(run(new RiseFall(3, 1, false, false), "++-+++")).isEqualTo("dddddu");
  }

  @Test
  void flapping_neverFlipsWhenTheRunsAreTooShort() {
    assertThat(run(new RiseFall(2, 3, true, false), "--+".repeat(100))).doesNotContain("d");
    assertThat(run(new RiseFall(2, 3, false, false), "+-".repeat(100))).doesNotContain("u");
  }

  /** The state is always that of the last long enough run, and of the start when there was none. */
  @Test
  void randomResults_agreeWithTheRunsInTheirHistory() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 1000; round++) {
      int rise = 1 + random.nextInt(4);
      int fall = 1 + random.nextInt(4);
      RiseFall state = new RiseFall(rise, fall, true, false);
      StringBuilder history = new StringBuilder();
      for (int i = 0; i < 50; i++) {
        char result = random.nextBoolean() ? '+' : '-';
        history.append(result);
        run(state, String.valueOf(result));
        int lastUp = history.lastIndexOf("+".repeat(rise));
        int lastDown = history.lastIndexOf("-".repeat(fall));
        assertThat(state.up()).as("seed %d: %s", seed, history).isEqualTo(lastUp >= lastDown);
      }
    }
  }

  @Test
  void firstResult_decidesWhenNothingIsKnown() {
    assertThat(run(new RiseFall(3, 3, false, true), "+-+")).isEqualTo("uuu");
    assertThat(run(new RiseFall(3, 3, false, true), "-+++")).isEqualTo("dddu");
    assertThat(run(new RiseFall(3, 3, true, true), "-")).isEqualTo("d");
  }
}
