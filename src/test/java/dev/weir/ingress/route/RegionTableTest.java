package dev.weir.ingress.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The table that is asked with parts of a text. */
class RegionTableTest {

  private final RegionTable<Integer> table = new RegionTable<>();

  @Test
  void empty_hasNothing() {
    assertThat(table.get("a", 0, 1)).isNull();
    assertThat(table.get("", 0, 0)).isNull();
    assertThat(table.get(0, "a", 1, 1)).isNull();
    assertThat(table.longest()).isZero();
    assertThat(table.probes("a")).isZero();
  }

  @Test
  void partOfAText_isFoundLikeTheKey() {
    table.computeIfAbsent("bc", () -> 1);
    table.computeIfAbsent("", () -> 2);
    assertThat(table.get("abcd", 1, 3)).isEqualTo(1);
    assertThat(table.get("abcd", 1, 4)).isNull();
    assertThat(table.get("abcd", 0, 2)).isNull();
    assertThat(table.get("abcd", 2, 2)).isEqualTo(2);
    assertThat(table.longest()).isEqualTo(2);
  }

  @Test
  void knownKey_keepsItsValue() {
    table.computeIfAbsent("a", () -> 1);
    assertThat(table.computeIfAbsent("a", () -> 2)).isEqualTo(1);
  }

  @Test
  void keysOfTheSameHash_areTold_apart() {
    // 31 * 'a' + 'B' == 31 * 'b' + '#', read from the end.
    table.computeIfAbsent("Ba", () -> 1);
    table.computeIfAbsent("#b", () -> 2);
    assertThat(table.get("Ba", 0, 2)).isEqualTo(1);
    assertThat(table.get("#b", 0, 2)).isEqualTo(2);
    assertThat(table.probes("#b")).isEqualTo(2);
  }

  @Test
  void manyKeys_allAreFoundAndHandedOver() {
    Map<String, Integer> expected = new HashMap<>();
    for (int i = 0; i < 10_000; i++) {
      int value = i;
      expected.put("key" + i, i);
      table.computeIfAbsent("key" + i, () -> value);
    }
    Map<String, Integer> handedOver = new HashMap<>();
    table.forEach(handedOver::put);
    assertThat(handedOver).isEqualTo(expected);
    expected.forEach((key, value) -> assertThat(table.get(key, 0, key.length())).isEqualTo(value));
    assertThat(table.get("key10000", 0, 8)).isNull();
  }
}
