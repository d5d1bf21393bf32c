package dev.weir.balancer.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EarliestDeadlineTest {

  @ParameterizedTest
  @ValueSource(longs = {0, Long.MAX_VALUE - (1L << 55), Long.MIN_VALUE, -(1L << 54)})
  void shares_areRightWhereverDeadlinesStart(long now) {
    Members members = Bench.members(IntStream.rangeClosed(1, 50).toArray());
    int picks = 100 * (int) members.totalWeight();
    int[] counts =
        Bench.picks(new EarliestDeadline(members, Bench.setting(), now), members.size(), picks);
    for (int i = 0; i < counts.length; i++) {
      assertThat(counts[i]).as("weight %s", i + 1).isBetween(100 * (i + 1) - 2, 100 * (i + 1) + 2);
    }
  }
}
