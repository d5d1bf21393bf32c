package dev.weir.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SharesTest {

  private static final int OVERPROVISIONING = 140;
  private static final int PANIC = 50;

  private static List<Integer> percents(int[] members, int[] healthy, int panicPercent) {
    Shares shares =
        new Shares(members, healthy, healthy, members.length, OVERPROVISIONING, panicPercent);
    List<Integer> percents = new ArrayList<>();
    for (int i = 0; i < members.length; i++) {
      percents.add(shares.percent(i));
    }
    return percents;
  }

  private static int[] of(int... values) {
    return values;
  }

  @Test
  void healthyLevel_keepsAllTraffic() {
    assertThat(percents(of(10, 10), of(10, 10), PANIC)).containsExactly(100, 0);
  }

  @Test
  void level_keepsAllTrafficUntilLessThan72PercentAreHealthy() {
    assertThat(percents(of(100, 100), of(72, 100), PANIC)).containsExactly(100, 0);
    assertThat(percents(of(100, 100), of(71, 100), PANIC)).containsExactly(99, 1);
    assertThat(percents(of(100, 100), of(50, 100), PANIC)).containsExactly(70, 30);
    assertThat(percents(of(100, 100), of(0, 100), PANIC)).containsExactly(0, 100);
  }

  @Test
  void shares_areScaledWhenAllLevelsTogetherCanNotTakeTheTraffic() {
    assertThat(percents(of(100, 100), of(25, 25), 0)).containsExactly(50, 50);
    assertThat(percents(of(100, 100), of(20, 10), 0)).containsExactly(67, 33);
  }

  @Test
  void thirdLevel_getsWhatTheFirstTwoCanNotTake() {
    assertThat(percents(of(10, 10, 10), of(2, 2, 10), PANIC)).containsExactly(28, 28, 44);
  }

  @Test
  void degraded_getWhatTheHealthyOnesOfAllRanksCanNotTake() {
    assertThat(spare(of(10, 10), of(8, 10), of(10, 10), 1)).as("enough").containsExactly(100, 0);
    assertThat(spare(of(10, 10), of(5, 5), of(10, 10), 1)).as("short").containsExactly(70, 30);
    assertThat(spare(of(10, 10), of(0, 10), of(10, 10), 1)).containsExactly(0, 100);
    assertThat(spare(of(10, 10, 10), of(5, 5, 5), of(10, 5, 10), 2))
        .as("the next rank comes before them")
        .containsExactly(70, 30, 0);
  }

  @Test
  void degraded_areNoReasonForPanic() {
    Shares shares = new Shares(of(10, 10), of(2, 4), of(6, 6), 1, OVERPROVISIONING, PANIC);
    assertThat(shares.panic(0)).isFalse();
    assertThat(List.of(shares.percent(0), shares.percent(1))).containsExactly(34, 66);
  }

  @Test
  void degraded_areSomeOfAllInPanic() {
    Shares shares = new Shares(of(10, 10), of(1, 1), of(2, 2), 1, OVERPROVISIONING, PANIC);
    assertThat(shares.panic(0)).isTrue();
    assertThat(List.of(shares.percent(0), shares.percent(1))).containsExactly(100, 0);
  }

  private static List<Integer> spare(int[] members, int[] healthy, int[] working, int ranks) {
    Shares shares = new Shares(members, healthy, working, ranks, OVERPROVISIONING, PANIC);
    List<Integer> percents = new ArrayList<>();
    for (int i = 0; i < members.length; i++) {
      percents.add(shares.percent(i));
    }
    return percents;
  }

  @Test
  void nobodyHealthy_getsNothingWithoutPanic() {
    assertThat(percents(of(3, 3), of(0, 0), 0)).containsExactly(0, 0);
  }

  @Test
  void panic_usesEverybodyAndGoesByNumbers() {
    Shares shares = new Shares(of(3, 1), of(0, 0), of(0, 0), 2, OVERPROVISIONING, PANIC);
    assertThat(shares.panic(0)).isTrue();
    assertThat(shares.panic(1)).isTrue();
    assertThat(shares.percent(0)).isEqualTo(75);
    assertThat(shares.percent(1)).isEqualTo(25);
  }

  @Test
  void panic_startsBelowTheThreshold() {
    assertThat(new Shares(of(10), of(5), of(5), 1, OVERPROVISIONING, PANIC).panic(0)).isFalse();
    assertThat(new Shares(of(10), of(4), of(4), 1, OVERPROVISIONING, PANIC).panic(0)).isTrue();
    assertThat(new Shares(of(10), of(0), of(0), 1, OVERPROVISIONING, 0).panic(0)).isFalse();
  }

  @Test
  void level_doesNotPanicWhenAnotherOneTakesOver() {
    Shares shares = new Shares(of(10, 10), of(1, 10), of(1, 10), 2, OVERPROVISIONING, PANIC);
    assertThat(shares.panic(0)).isFalse();
    assertThat(shares.percent(0)).isEqualTo(14);
  }

  @Test
  void noLevels_haveNoShares() {
    assertThat(percents(of(), of(), PANIC)).isEmpty();
  }

  @Test
  void shares_sumUpToTheWholeOrToNothing() {
    Random random = new Random(7);
    for (int round = 0; round < 100_000; round++) {
      int levels = 1 + random.nextInt(5);
      int[] members = new int[levels];
      int[] healthy = new int[levels];
      for (int i = 0; i < levels; i++) {
        members[i] = 1 + random.nextInt(20);
        healthy[i] = random.nextInt(members[i] + 1);
      }
      int panic = random.nextInt(101);
      Shares shares =
          new Shares(members, healthy, healthy, members.length, 100 + random.nextInt(100), panic);
      int sum = 0;
      for (int i = 0; i < levels; i++) {
        sum += shares.percent(i);
        boolean someone = healthy[i] > 0 || shares.panic(i);
        assertThat(shares.percent(i) == 0 || someone).as("level %s of round %s", i, round).isTrue();
      }
      assertThat(sum).as("round %s", round).isIn(0, 100);
    }
  }
}
