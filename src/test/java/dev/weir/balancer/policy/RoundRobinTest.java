package dev.weir.balancer.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoundRobinTest {

  /** Three members: with a power of two a wrong remainder would not show. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, Integer.MAX_VALUE - 1, Integer.MAX_VALUE, Integer.MIN_VALUE, -2})
  void members_takeTurnsWhereverItStarts(int offset) {
    Setting setting = new Setting(offset, new SplittableRandom(1), () -> 0);
    Selector selector = new RoundRobin(Bench.even(3), setting);
    int first = selector.select(0);
    assertThat(first).isEqualTo(Math.floorMod(offset, 3));
    for (int i = 1; i < 10; i++) {
      assertThat(selector.select(0)).isEqualTo((first + i) % 3);
    }
  }
}
