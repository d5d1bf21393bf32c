package dev.weir.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Time is a number; a node that is not heard lives for 100. */
class MembersTest {
  private final Members members = new Members("b", 100);

  @Test
  void alone_knowsItself() {
    assertThat(members.ids()).containsExactly("b");
    assertThat(members.heard("b", "m", 0)).as("its own heartbeat").isFalse();
    assertThat(members.expire(1000)).isEmpty();
    assertThat(members.ids()).containsExactly("b");
  }

  @Test
  void heard_isNewOnceAndSortedIn() {
    assertThat(members.heard("c", "m3", 0)).isTrue();
    assertThat(members.heard("a", "m1", 0)).isTrue();
    assertThat(members.heard("a", "m1", 1)).isFalse();
    assertThat(members.ids()).containsExactly("a", "b", "c");
  }

  @Test
  void peers_areTheOthersAsTheyWereLastHeard() {
    members.heard("c", "m3", 0);
    members.version("c", 7);
    members.heard("a", "m1", 2_000_000);
    assertThat(members.peers(5_000_000)).containsExactly(new Peer("a", 0, 3), new Peer("c", 7, 5));
  }

  @Test
  void silence_isTheEndAtTheTimeout() {
    members.heard("a", "m1", 0);
    members.heard("c", "m3", 0);
    members.heard("a", "m1", 50);
    assertThat(members.expire(99)).isEmpty();
    assertThat(members.expire(100)).containsExactly("c");
    assertThat(members.expire(149)).isEmpty();
    assertThat(members.expire(150)).containsExactly("a");
    assertThat(members.ids()).containsExactly("b");
    assertThat(members.heard("a", "m1", 200)).as("it was only slow").isTrue();
  }

  @Test
  void clocksThatOverflow_areNoMatter() {
    members.heard("a", "m1", Long.MAX_VALUE - 10);
    assertThat(members.expire(Long.MIN_VALUE + 50)).isEmpty();
    assertThat(members.expire(Long.MIN_VALUE + 100)).containsExactly("a");
  }

  @Test
  void lostMember_isGoneAtOnce() {
    members.heard("a", "m1", 0);
    members.heard("c", "m3", 0);
    assertThat(members.retain(List.of("m1", "m2", "m3"))).isEmpty();
    assertThat(members.retain(List.of("m1", "m2"))).containsExactly("c");
  }

  @Test
  void memberThatIsNotListedYet_stays() {
    members.heard("a", "m1", 0);
    assertThat(members.retain(List.of("m2"))).isEmpty();
    members.retain(List.of("m1", "m2"));
    assertThat(members.retain(List.of("m2"))).containsExactly("a");
  }

  @Test
  void leaving_isTheEnd() {
    members.heard("a", "m1", 0);
    assertThat(members.left("a")).isTrue();
    assertThat(members.left("a")).isFalse();
    assertThat(members.ids()).containsExactly("b");
  }
}
