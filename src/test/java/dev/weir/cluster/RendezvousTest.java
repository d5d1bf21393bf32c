package dev.weir.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** With fixed random numbers: 10,000 things on five nodes. */
class RendezvousTest {
  private static final int THINGS = 10_000;

  /** Nodes of two releases must agree, so this number never changes. */
  private static final long HASH = 0x189be2f9d7ad36deL;

  private final Random random = new Random(7);
  private final List<String> nodes = nodes(5);

  private List<String> nodes(int count) {
    List<String> result = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      result.add(new UUID(random.nextLong(), random.nextLong()).toString());
    }
    return result;
  }

  private static Map<String, String> owners(List<String> nodes) {
    Map<String, String> owners = new HashMap<>();
    for (int i = 0; i < THINGS; i++) {
      String key = "orders/10.0." + i / 256 + "." + i % 256 + ":8080";
      owners.put(key, Rendezvous.owner(key, nodes));
    }
    return owners;
  }

  @Test
  void order_doesNotMatter() {
    Map<String, String> before = owners(nodes);
    Collections.shuffle(nodes, random);
    assertThat(owners(nodes)).isEqualTo(before);
  }

  @Test
  void shares_areEvenWithinFivePercent() {
    Map<String, String> owners = owners(nodes);
    int fair = THINGS / nodes.size();
    for (String node : nodes) {
      assertThat(Collections.frequency(owners.values(), node))
          .isBetween(fair * 95 / 100, fair * 105 / 100);
    }
  }

  @Test
  void nodeThatGoes_movesOnlyItsOwn() {
    Map<String, String> before = owners(nodes);
    String gone = nodes.remove(2);
    Map<String, String> after = owners(nodes);
    before.forEach(
        (key, owner) -> {
          if (!owner.equals(gone)) {
            assertThat(after).containsEntry(key, owner);
          }
        });
    for (String node : nodes) {
      long taken =
          before.keySet().stream()
              .filter(key -> before.get(key).equals(gone) && after.get(key).equals(node))
              .count();
      assertThat(taken).as("what is taken over is spread").isBetween(400L, 600L);
    }
  }

  @Test
  void nobody_ownsNothing() {
    assertThat(Rendezvous.owner("orders", List.of())).isNull();
  }

  @Test
  void hash_isTheSameInEveryRelease() {
    assertThat(Rendezvous.hash("orders/10.0.0.7:8080")).isEqualTo(HASH);
  }
}
