package dev.weir.upstream;

import dev.weir.config.BackoffConfig;
import dev.weir.config.HedgeConfig;
import dev.weir.config.RetryBudgetConfig;
import dev.weir.config.RetryConfig;
import dev.weir.exchange.Trouble;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What retries cost a request: nothing but comparisons with null when there is no policy; a look at
 * the status when there is one; the rest only when something fails.
 *
 * <p>To run: {@code mvn -q -Pjmh test-compile exec:exec -Djmh=RetryBenchmark}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class RetryBenchmark {

  private static final RetryConfig NONE = config(1, 0);

  private final RetryPolicy off = RetryPolicy.of(NONE);
  private final RetryPolicy on = RetryPolicy.of(config(3, 0));
  private final RetryPolicy hedging = RetryPolicy.of(config(3, 50));
  private final AtomicInteger inFlight = new AtomicInteger(1000);
  private final RetryBudget budget = new RetryBudget(inFlight::get);
  private final RetryBudgetConfig share = new RetryBudgetConfig(20, 3);
  private final Wheel wheel = new Wheel(System::nanoTime, () -> {});
  private final Wheel.Wait wait = new Waiting();
  private final FirstBytes times = new FirstBytes();
  private int status = 200;

  private static RetryConfig config(int attempts, long hedgeMillis) {
    return new RetryConfig(
        attempts,
        List.of("reset", "gateway-error"),
        List.of(500),
        List.of(),
        0,
        new BackoffConfig(25, 250, 1000),
        65_536,
        new HedgeConfig(hedgeMillis, 0));
  }

  private static final class Waiting extends Wheel.Wait {
    @Override
    void over() {}
  }

  /** A response to a request that has no policy. */
  @Benchmark
  public boolean withoutPolicy() {
    return off != null && off.troubleOf(status) != null;
  }

  /** A response to a request that has one. */
  @Benchmark
  public boolean withPolicy() {
    return on != null && on.troubleOf(status) != null;
  }

  /** A failure: may it be repeated, and is there room for it? */
  @Benchmark
  public boolean failure() {
    boolean yes = on.covers(Trouble.RESET, HttpMethod.GET) && budget.tryAcquire(share, 0);
    budget.release();
    return yes;
  }

  /** A request that would be hedged, and has its answer in time. */
  @Benchmark
  public int hedgeInTime() {
    wheel.add(wait, hedging.hedgeNanos(HttpMethod.GET, times));
    wheel.remove(wait);
    return wheel.size();
  }
}
