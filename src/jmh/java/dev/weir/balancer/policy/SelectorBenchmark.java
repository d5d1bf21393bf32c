package dev.weir.balancer.policy;

import dev.weir.config.BalancerConfig;
import dev.weir.config.ObjectReader;
import dev.weir.node.Load;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a pick costs, and what building the selector of a new view costs.
 *
 * <p>To run: {@code mvn -q -Pjmh test-compile exec:exec -Djmh=Selector}. {@code gc.alloc.rate.norm}
 * of a pick is the bytes that it allocates, to be 0.
 *
 * <p>Members have weights 1 to 5, up to 20 requests in flight and latencies of 1 to 20 ms. {@code
 * deadlines} is weighted round robin over weights that all differ; {@code hash-ring} and {@code
 * hash-bounded} are the hash policy with other options.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class SelectorBenchmark {

  private static final long MILLI = 1_000_000;

  @Param({
    "round-robin",
    "weighted-round-robin",
    "deadlines",
    "least-connections",
    "least-request",
    "random",
    "ip-hash",
    "hash-ring",
    "hash-bounded",
    "peak-ewma",
    "first"
  })
  private String policy;

  @Param({"10", "1000"})
  private int members;

  private Members choice;
  private Policy algorithm;
  private Setting setting;
  private Selector selector;
  private long key;

  /** Fills the members. */
  @Setup
  public void build() {
    SplittableRandom random = new SplittableRandom(1);
    choice = members(random);
    JsonObject hash = new JsonObject();
    if (policy.equals("hash-ring")) {
      hash.put("table", "ring");
    } else if (policy.equals("hash-bounded")) {
      hash.put("maxLoadPercent", 150);
    }
    JsonObject json = new JsonObject().put("hash", hash);
    BalancerConfig config = ObjectReader.parse(json, BalancerConfig::read);
    String name = policy.startsWith("hash") ? "hash" : policy;
    algorithm = name.equals("deadlines") ? EarliestDeadline::new : Policies.of(name, config);
    setting = new Setting(0, random, () -> key); // The gateway has the time of the request at hand.
    selector = algorithm.selector(choice, setting);
  }

  private Members members(SplittableRandom random) {
    Load upstream = Load.ofUpstream();
    String[] names = new String[members];
    int[] weights = new int[members];
    Load[] loads = new Load[members];
    for (int i = 0; i < members; i++) {
      names[i] = "10.0." + i / 250 + "." + i % 250 + ":8080";
      weights[i] = policy.equals("deadlines") ? 1000 + i : 1 + i % 5;
      loads[i] = upstream.ofEndpoint();
      loads[i].latency().observe((1 + i % 20) * MILLI, 0);
      for (int n = random.nextInt(20); n > 0; n--) {
        loads[i].begin();
      }
    }
    if (policy.equals("round-robin")) {
      Arrays.fill(weights, 1);
    }
    return new Members(names, weights, loads);
  }

  /** One pick, each with a key of its own. */
  @Benchmark
  @OutputTimeUnit(TimeUnit.NANOSECONDS)
  public int pick() {
    return selector.select(key++);
  }

  /** What a change of the view costs each lane. */
  @Benchmark
  @OutputTimeUnit(TimeUnit.MICROSECONDS)
  public Selector rebuild() {
    return algorithm.selector(choice, setting);
  }
}
