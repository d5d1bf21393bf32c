package dev.weir.balancer.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.config.BalancerConfig;
import dev.weir.node.Load;
import java.util.Arrays;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A day in the life of ten endpoints in simulated time: one is ten times slower than the others,
 * one fails at once whatever it is asked, and requests come in bursts.
 */
class SimulationTest {

  private static final long MILLI = 1_000_000;
  private static final int ENDPOINTS = 10;
  private static final int SLOW = 3;
  private static final int FAILING = 7;
  private static final int REQUESTS = 200_000;
  private static final int MEAN_SERVICE_MILLIS = 10;
  private static final int SLOWER = 10;

  private static Outcome roundRobin;
  private static Outcome leastRequest;
  private static Outcome peakEwma;

  /**
   * What came of the requests.
   *
   * @param p99Millis the 99th percentile of how long good answers took
   * @param failed how many were answered by the failing endpoint
   * @param slow how many the slow one got
   */
  private record Outcome(double p99Millis, int failed, int slow) {}

  private record Done(long at, int endpoint, long started, int status) {}

  /** One run; every endpoint serves one request after the other. */
  private static final class Run {
    private final SplittableRandom random = new SplittableRandom(Bench.SEED);
    private final Members members = Bench.even(ENDPOINTS);
    private final long[] freeAt = new long[ENDPOINTS];
    private final int[] asked = new int[ENDPOINTS];
    private final PriorityQueue<Done> open =
        new PriorityQueue<>((a, b) -> Long.compare(a.at, b.at));
    private final double[] millis = new double[REQUESTS];
    private int answers;
    private long now;

    Outcome of(String policy) {
      Setting setting = new Setting(0, new SplittableRandom(Bench.SEED + 1), () -> now);
      Selector selector = Bench.policy(policy).selector(members, setting);
      for (int i = 0; i < REQUESTS; i++) {
        now += (long) exponential(burst() ? 1.2 : 4);
        while (!open.isEmpty() && open.peek().at <= now) {
          finished(open.poll());
        }
        ask(selector.select(0));
      }
      double[] sorted = Arrays.copyOf(millis, answers);
      Arrays.sort(sorted);
      return new Outcome(sorted[answers * 99 / 100], asked[FAILING], asked[SLOW]);
    }

    /** Half of every second has more than three times as many requests as the other half. */
    private boolean burst() {
      return now / (500 * MILLI) % 2 == 0;
    }

    private double exponential(double meanMillis) {
      return -Math.log(1 - random.nextDouble()) * meanMillis * MILLI;
    }

    private void ask(int endpoint) {
      asked[endpoint]++;
      members.loads()[endpoint].begin();
      if (endpoint == FAILING) {
        finish(endpoint, now + MILLI, 503);
        return;
      }
      double mean = endpoint == SLOW ? MEAN_SERVICE_MILLIS * SLOWER : MEAN_SERVICE_MILLIS;
      freeAt[endpoint] = Math.max(now, freeAt[endpoint]) + (long) exponential(mean);
      millis[answers++] = (double) (freeAt[endpoint] - now) / MILLI;
      finish(endpoint, freeAt[endpoint], 200);
    }

    private void finish(int endpoint, long at, int status) {
      open.add(new Done(at, endpoint, now, status));
    }

    private void finished(Done done) {
      Load load = members.loads()[done.endpoint];
      load.end();
      load.answered(done.status, done.at - done.started, done.at);
    }
  }

  @BeforeAll
  static void run() {
    roundRobin = new Run().of(BalancerConfig.ROUND_ROBIN);
    leastRequest = new Run().of(BalancerConfig.LEAST_REQUEST);
    peakEwma = new Run().of(BalancerConfig.PEAK_EWMA);
  }

  @Test
  void p99_isBestWithLatencyThenWithLoadThenWithTurns() {
    assertThat(peakEwma.p99Millis).isLessThan(leastRequest.p99Millis);
    assertThat(leastRequest.p99Millis).isLessThan(roundRobin.p99Millis / 2);
  }

  @Test
  void slowEndpoint_getsLessTheMoreThePolicyKnows() {
    assertThat(roundRobin.slow).isEqualTo(REQUESTS / ENDPOINTS);
    assertThat(leastRequest.slow).isLessThan(roundRobin.slow / 2);
    assertThat(peakEwma.slow).isLessThan(leastRequest.slow);
  }

  /** What fails fast has nothing in flight: only a policy that minds failures stays away. */
  @Test
  void failingEndpoint_attractsWhoLooksAtLoadAlone() {
    assertThat(roundRobin.failed).isEqualTo(REQUESTS / ENDPOINTS);
    assertThat(leastRequest.failed).isGreaterThan(roundRobin.failed);
    assertThat(peakEwma.failed).isLessThan(roundRobin.failed / 4);
  }
}
