package dev.weir.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The board of node a, which shares the upstream orders with b and c. */
class BoardTest {
  private static final Map<String, String> SHARED = Map.of("orders", "f1");

  private final List<String> living = new ArrayList<>(List.of("a", "b", "c"));
  private final Board board = new Board("a", () -> living);

  @BeforeEach
  void everybodyShares() {
    board.share(SHARED);
    board.take("b", Page.EMPTY.with(SHARED));
    board.take("c", Page.EMPTY.with(SHARED));
  }

  private static Change says(String source, String endpoint) {
    return new Change(new Word(source, "orders", endpoint, "status 500", 0), true);
  }

  private static Change takesBack(Change change) {
    return new Change(change.word(), false);
  }

  private Opinion opinion() {
    return board.opinion(board.group("orders"), "orders", "x:1");
  }

  @Test
  void group_isOfThoseThatLiveAndShareTheSame() {
    assertThat(board.group("orders")).containsExactly("a", "b", "c");
    board.take("b", Page.EMPTY.with(Map.of("orders", "f2")));
    assertThat(board.group("orders")).containsExactly("a", "c");
    living.remove("c");
    assertThat(board.group("orders")).containsExactly("a");
    assertThat(board.group("carts")).as("not shared").containsExactly("a");
  }

  @Test
  void words_areCountedByNode() {
    assertThat(opinion().against()).isZero();
    board.heard("b", 2, says(Word.PROBE, "x:1"));
    board.heard("b", 3, says(Word.TRAFFIC, "x:1"));
    board.heard("c", 2, says(Word.PROBE, "y:1"));
    assertThat(opinion().against()).isEqualTo(1);
    board.say(says(Word.PROBE, "x:1"));
    assertThat(opinion().against()).isEqualTo(2);
    assertThat(opinion().nodes()).isEqualTo(3);
    board.heard("b", 4, takesBack(says(Word.PROBE, "x:1")));
    board.heard("b", 5, takesBack(says(Word.TRAFFIC, "x:1")));
    assertThat(opinion().against()).isEqualTo(1);
  }

  @Test
  void nodeThatIsGone_saysNothing() {
    board.heard("b", 2, says(Word.PROBE, "x:1"));
    living.remove("b");
    assertThat(opinion().against()).isZero();
    assertThat(opinion().nodes()).isEqualTo(2);
  }

  @Test
  void nodeOfAnotherGroup_saysNothingHere() {
    board.take("b", Page.EMPTY.with(Map.of("orders", "f2")).with(says(Word.PROBE, "x:1")));
    assertThat(opinion().against()).isZero();
  }

  @Test
  void missedChange_isNoticed() {
    assertThat(board.heard("b", 2, says(Word.PROBE, "x:1"))).isTrue();
    assertThat(board.heard("b", 2, null)).as("a heartbeat").isTrue();
    assertThat(board.heard("b", 4, says(Word.PROBE, "y:1"))).isFalse();
    assertThat(board.heard("b", 3, null)).as("a heartbeat after a lost change").isFalse();
    assertThat(board.heard("b", 1, null)).as("an old heartbeat").isTrue();
    assertThat(board.heard("d", 0, null)).as("a node without a page").isFalse();
    assertThat(opinion().against()).isEqualTo(1);
  }

  @Test
  void sayingTheSameAgain_isNoChange() {
    assertThat(board.say(says(Word.PROBE, "x:1"))).isTrue();
    long revision = board.own().revision();
    assertThat(board.say(says(Word.PROBE, "x:1"))).isFalse();
    assertThat(board.say(takesBack(says(Word.PROBE, "z:1")))).isFalse();
    assertThat(board.own().revision()).isEqualTo(revision);
  }

  @Test
  void upstreamThatIsNotSharedAnyLonger_takesItsWordsAlong() {
    board.say(says(Word.PROBE, "x:1"));
    assertThat(board.share(Map.of("carts", "f3"))).isTrue();
    assertThat(board.own().words()).isEmpty();
    assertThat(board.say(says(Word.PROBE, "x:1"))).isFalse();
    assertThat(board.share(Map.of("carts", "f3"))).isFalse();
  }

  @Test
  void page_survivesTheBus() {
    board.say(says(Word.PROBE, "x:1"));
    assertThat(Page.of(board.own().toJson())).isEqualTo(board.own());
    Beat beat = new Beat("a", "m", Beat.LIVES, 1, 7, says(Word.TRAFFIC, "x:1"), null);
    assertThat(Beat.of(beat.toJson())).isEqualTo(beat);
  }

  @Test
  void quorum_isNeverMoreThanThereAre() {
    board.heard("b", 2, says(Word.PROBE, "x:1"));
    assertThat(opinion().agreed(1)).isTrue();
    assertThat(opinion().agreed(2)).isFalse();
    board.say(says(Word.TRAFFIC, "x:1"));
    assertThat(opinion().agreed(2)).isTrue();
    assertThat(opinion().agreed(3)).isFalse();
    living.remove("c");
    assertThat(opinion().agreed(3)).isTrue();
  }

  @Test
  void offers_areThoseOfOthersThatLive() {
    Offer offer = new Offer(Set.of("orders"), List.of(0, 1));
    assertThat(board.offer(offer)).isTrue();
    assertThat(board.offer(offer)).as("again").isFalse();
    assertThat(board.offers()).as("its own").isEmpty();
    board.take("b", Page.of(Page.EMPTY.with(offer).toJson()));
    assertThat(board.offers()).containsExactly(Map.entry("b", offer));
    board.heard("b", 2, says(Word.PROBE, "x:1"));
    assertThat(board.offers()).as("with a word more").containsOnlyKeys("b");
    living.remove("b");
    assertThat(board.offers()).isEmpty();
  }
}
