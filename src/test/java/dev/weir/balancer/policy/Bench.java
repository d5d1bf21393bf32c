package dev.weir.balancer.policy;

import dev.weir.config.BalancerConfig;
import dev.weir.config.ObjectReader;
import dev.weir.node.Load;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Members and policies for tests. */
final class Bench {

  static final long SEED = 42;

  private Bench() {}

  static BalancerConfig config(JsonObject json) {
    return ObjectReader.parse(json, BalancerConfig::read);
  }

  static Policy policy(String name) {
    return Policies.of(name, config(new JsonObject()));
  }

  static Setting setting() {
    return new Setting(0, new SplittableRandom(SEED), () -> 0);
  }

  /** Members of these weights, with nothing in flight. */
  static Members members(int... weights) {
    Load upstream = Load.ofUpstream();
    String[] names =
        IntStream.range(0, weights.length)
            .mapToObj(i -> "10.0." + i / 250 + "." + i % 250 + ":8080")
            .toArray(String[]::new);
    Load[] loads = Arrays.stream(weights).mapToObj(i -> upstream.ofEndpoint()).toArray(Load[]::new);
    return new Members(names, weights, loads);
  }

  /** So many members with weights 1, 2, 3, 4, 5, 1, 2 and so on. */
  static Members uneven(int size) {
    return members(IntStream.range(0, size).map(i -> 1 + i % 5).toArray());
  }

  static Members even(int size) {
    return members(IntStream.range(0, size).map(i -> 1).toArray());
  }

  /** How often each member is taken in so many picks, each with a key of its own. */
  static int[] picks(Selector selector, int members, int picks) {
    int[] counts = new int[members];
    for (int i = 0; i < picks; i++) {
      counts[selector.select(i)]++;
    }
    return counts;
  }
}
