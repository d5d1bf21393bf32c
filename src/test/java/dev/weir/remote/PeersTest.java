package dev.weir.remote;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.cluster.Offer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PeersTest {
  private final Map<String, Integer> busy = new HashMap<>();
  private final Peers peers = new Peers(node -> busy.getOrDefault(node, 0));

  private static Offer offer(String... upstreams) {
    return new Offer(Set.of(upstreams), List.of(0));
  }

  @Test
  void nobodyOffers_nobodyIsPicked() {
    assertThat(peers.pick("main", Set.of())).isNull();
    peers.offers(Map.of("a", offer("other")));
    assertThat(peers.pick("main", Set.of())).isNull();
    assertThat(peers.offer("b")).isEqualTo(Offer.NONE);
  }

  @Test
  void leastBusy_isPicked() {
    peers.offers(Map.of("a", offer("main"), "b", offer("main"), "c", offer("main")));
    busy.putAll(Map.of("a", 2, "b", 1, "c", 2));
    for (int i = 0; i < 10; i++) {
      assertThat(peers.pick("main", Set.of())).isEqualTo("b");
    }
    assertThat(peers.pick("main", Set.of("b"))).isIn("a", "c");
    assertThat(peers.pick("main", Set.of("a", "b", "c"))).isNull();
  }

  @Test
  void equallyBusy_takeTurns() {
    peers.offers(Map.of("a", offer("main"), "b", offer("main")));
    String first = peers.pick("main", Set.of());
    assertThat(peers.pick("main", Set.of())).isNotEqualTo(first);
    assertThat(peers.pick("main", Set.of())).isEqualTo(first);
  }

  @Test
  void offerWithoutADoor_isNone() {
    assertThat(new Offer(Set.of("main"), List.of())).isEqualTo(Offer.NONE);
  }
}
