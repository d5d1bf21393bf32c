package dev.weir.ingress.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The table that is asked with parts of a text. */
class RegionTableTest {

  /** A value that is nothing but its key. */
  static final class Word extends RegionTable.Entry {
    Word(String key) {
      super(key);
    }
  }

  private final RegionTable<Word> table = new RegionTable<>();

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
    Word word = add("bc");
    Word empty = add("");
    assertThat(table.get("abcd", 1, 3)).isSameAs(word);
    assertThat(table.get("abcd", 1, 4)).isNull();
    assertThat(table.get("abcd", 0, 2)).isNull();
    assertThat(table.get("abcd", 2, 2)).isSameAs(empty);
    assertThat(table.longest()).isEqualTo(2);
  }

  @Test
  void knownKey_keepsItsValue() {
    assertThat(add("a")).isSameAs(add("a"));
  }

  @Test
  void keysOfTheSameHash_areToldApart() {
    // 31 * 'a' + 'B' == 31 * 'b' + '#', read from the end.
    Word first = add("Ba");
    Word second = add("#b");
    assertThat(table.get("Ba", 0, 2)).isSameAs(first);
    assertThat(table.get("#b", 0, 2)).isSameAs(second);
    assertThat(table.probes("#b")).isEqualTo(2);
  }

  @Test
  void manyKeys_allAreFoundAndHandedOver() {
    Set<Word> words = new HashSet<>();
    for (int i = 0; i < 10_000; i++) {
      words.add(add("key" + i));
    }
    Set<Word> handedOver = new HashSet<>();
    table.forEach(handedOver::add);
    assertThat(handedOver).hasSize(10_000).isEqualTo(words);
    words.forEach(w -> assertThat(table.get(w.key(), 0, w.key().length())).isSameAs(w));
    assertThat(table.get("key10000", 0, 8)).isNull();
  }

  private Word add(String key) {
    return table.computeIfAbsent(key, Word::new);
  }
}
