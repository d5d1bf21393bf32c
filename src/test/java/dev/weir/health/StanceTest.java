package dev.weir.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.cluster.Opinion;
import dev.weir.cluster.Opinions;
import dev.weir.cluster.Word;
import org.junit.jupiter.api.Test;

/** Three nodes share an endpoint; it takes two of them to put it out for all. */
class StanceTest {
  private static final Opinion SILENCE = Opinions.of(3);
  private static final Opinion ONE = Opinions.of(3, Word.PROBE);
  private static final Opinion TWO = Opinions.of(3, Word.PROBE, Word.PROBE);

  private static Stance stance(boolean owner, boolean up, Opinion opinion) {
    return Stance.of(owner, up, false, opinion, 2);
  }

  @Test
  void withoutDispute_onlyTheOwnerProbes() {
    assertThat(stance(true, true, SILENCE)).isEqualTo(new Stance(true, false));
    assertThat(stance(false, true, SILENCE)).isEqualTo(new Stance(false, false));
  }

  @Test
  void oneWord_makesEverybodyLookAndPutsItOutForThatNodeAlone() {
    assertThat(stance(false, true, ONE)).isEqualTo(new Stance(true, false));
    assertThat(stance(true, true, ONE)).isEqualTo(new Stance(true, false));
    assertThat(stance(false, false, ONE)).isEqualTo(new Stance(true, true));
  }

  @Test
  void asManyAsItTakes_putItOutForAll() {
    assertThat(stance(false, true, TWO)).isEqualTo(new Stance(true, true));
    assertThat(Stance.of(false, true, false, TWO, 3)).isEqualTo(new Stance(true, false));
    assertThat(Stance.of(false, true, false, ONE, 1)).isEqualTo(new Stance(true, true));
  }

  @Test
  void fewerThanTheQuorum_areEnoughWhenTheyAreAll() {
    assertThat(Stance.of(false, true, false, Opinions.of(2, Word.PROBE, Word.PROBE), 5).down())
        .isTrue();
  }

  @Test
  void ejections_countButNeedAProbeBesides() {
    Opinion ejections = Opinions.of(3, Word.TRAFFIC, Word.TRAFFIC);
    assertThat(stance(false, true, ejections)).isEqualTo(new Stance(true, false));
    Opinion mixed = Opinions.of(3, Word.TRAFFIC, Word.PROBE);
    assertThat(stance(false, true, mixed)).isEqualTo(new Stance(true, true));
  }

  @Test
  void endpointThatIsEjectedHere_isProbedHere() {
    assertThat(Stance.of(false, true, true, SILENCE, 2)).isEqualTo(new Stance(true, false));
  }

  @Test
  void endpointThatWasNotSeenUp_isProbedHereAndOut() {
    assertThat(stance(false, false, SILENCE)).isEqualTo(new Stance(true, true));
  }
}
