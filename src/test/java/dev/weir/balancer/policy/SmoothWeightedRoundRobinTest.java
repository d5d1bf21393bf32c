package dev.weir.balancer.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SmoothWeightedRoundRobinTest {

  private static Selector of(int... weights) {
    return new SmoothWeightedRoundRobin(Bench.members(weights), Bench.setting());
  }

  private static String sequence(Selector selector, int length) {
    StringBuilder sequence = new StringBuilder();
    for (int i = 0; i < length; i++) {
      sequence.append((char) ('a' + selector.select(0)));
    }
    return sequence.toString();
  }

  @ParameterizedTest
  @CsvSource({
    "5 1 1, aabacaaaabacaa",
    "1 1 1, abcabcabcabc",
    "3 1, aabaaaba",
    "1 2 3, cbacbccbacbc",
    "4 2 2, abcaabca",
    "7, aaaa",
    "1 1000000, bbbbbb",
  })
  void sequence_isThatOfNginx(String weights, String expected) {
    int[] parsed = Arrays.stream(weights.split(" ")).mapToInt(Integer::parseInt).toArray();
    assertThat(sequence(of(parsed), expected.length())).isEqualTo(expected);
  }

  /** The algorithm as it is usually written, over all members. */
  private static final class Plain {
    private final int[] weights;
    private final long[] credits;

    Plain(int[] weights) {
      this.weights = weights;
      credits = new long[weights.length];
    }

    int next() {
      int best = 0;
      long total = 0;
      for (int i = 0; i < weights.length; i++) {
        credits[i] += weights[i];
        total += weights[i];
        if (credits[i] > credits[best]) {
          best = i;
        }
      }
      credits[best] -= total;
      return best;
    }
  }

  @Test
  void groups_giveTheSequenceOfThePlainAlgorithm() {
    Random random = new Random(5);
    for (int round = 0; round < 500; round++) {
      int[] weights = new int[1 + random.nextInt(30)];
      int most = 1 + random.nextInt(random.nextBoolean() ? 5 : 1_000_000);
      for (int i = 0; i < weights.length; i++) {
        weights[i] = 1 + random.nextInt(most);
      }
      Plain plain = new Plain(weights);
      Selector selector = of(weights);
      for (int i = 0; i < 500; i++) {
        assertThat(selector.select(0)).as("round %s, pick %s", round, i).isEqualTo(plain.next());
      }
    }
  }

  @Test
  void offset_goesOnWhereItStands() {
    for (int offset : new int[] {0, 1, 6, Integer.MAX_VALUE, Integer.MIN_VALUE, -1}) {
      Setting setting = new Setting(offset, new SplittableRandom(1), () -> 0);
      Selector moved = new SmoothWeightedRoundRobin(Bench.members(5, 1, 1), setting);
      Selector plain = of(5, 1, 1);
      for (int i = Math.floorMod(offset, 3); i > 0; i--) {
        plain.select(0);
      }
      assertThat(sequence(moved, 14)).as("%s", offset).isEqualTo(sequence(plain, 14));
    }
  }
}
