package dev.weir.balancer.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How many keys move when one of a hundred members comes or goes. */
class ConsistencyTest {

  private static final int KEYS = 100_000;

  enum Table {
    MAGLEV(Maglev::new, 0.03),
    RING(Ring::new, 0.016);

    private final Function<Members, Consistent> make;
    private final double most;

    Table(Function<Members, Consistent> make, double most) {
      this.make = make;
      this.most = most;
    }

    /** The name of the member for every key. */
    String[] owners(Members members) {
      Selector selector = Consistent.selector(make.apply(members));
      return IntStream.range(0, KEYS)
          .mapToObj(key -> members.names()[selector.select(key)])
          .toArray(String[]::new);
    }
  }

  private static Members without(Members members, int gone) {
    List<String> names = new ArrayList<>(Arrays.asList(members.names()));
    names.remove(gone);
    Members fewer = Bench.even(members.size() - 1);
    return new Members(names.toArray(String[]::new), fewer.weights(), fewer.loads());
  }

  private static double moved(String[] before, String[] after) {
    return (double) IntStream.range(0, KEYS).filter(i -> !before[i].equals(after[i])).count()
        / KEYS;
  }

  @ParameterizedTest
  @EnumSource
  void fewKeysMove_whicheverMemberComesOrGoes(Table table) {
    Members all = Bench.even(100);
    String[] before = table.owners(all);
    for (int gone = 0; gone < all.size(); gone += 7) {
      String[] after = table.owners(without(all, gone));
      assertThat(moved(before, after)).as("without %s", gone).isBetween(0.005, table.most);
    }
  }

  @Test
  void ring_hasAThousandPointsAtLeast() {
    for (int size = 1; size < 200; size++) {
      assertThat(new Ring(Bench.even(size)).size()).as("%s members", size).isGreaterThan(1023);
    }
  }

  @ParameterizedTest
  @EnumSource
  void keyStays_whenItsMemberStays(Table table) {
    Members all = Bench.even(100);
    String[] before = table.owners(all);
    String[] after = table.owners(without(all, 50));
    String gone = all.names()[50];
    long needless =
        IntStream.range(0, KEYS)
            .filter(i -> !before[i].equals(gone) && !before[i].equals(after[i]))
            .count();
    assertThat(needless).isLessThanOrEqualTo(table == Table.RING ? 0 : KEYS / 50);
  }

  @ParameterizedTest
  @EnumSource
  void heavyMember_getsMoreKeysAndOthersKeepTheirs(Table table) {
    Members even = Bench.even(10);
    Members uneven = Bench.members(3, 1, 1, 1, 1, 1, 1, 1, 1, 1);
    String[] before = table.owners(even);
    String[] after = table.owners(uneven);
    long heavy = Arrays.stream(after).filter(uneven.names()[0]::equals).count();
    assertThat(heavy).isBetween((long) (KEYS * 0.2), (long) (KEYS * 0.3));
    assertThat(moved(before, after)).isLessThan(0.3);
  }

  @ParameterizedTest
  @EnumSource
  void extremeWeights_areHonoured(Table table) {
    String[] owners = table.owners(Bench.members(1, 1_000_000));
    long light = Arrays.stream(owners).filter(Bench.members(1).names()[0]::equals).count();
    assertThat(light).isLessThan(KEYS / 500);
  }
}
