package dev.weir.resilience;

import dev.weir.config.CircuitBreakerConfig;
import dev.weir.config.ObjectReader;
import io.vertx.core.json.JsonObject;
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
 * What a circuit breaker costs a call.
 *
 * <p>To run: {@code mvn -q -Pjmh test-compile exec:exec -Djmh=CircuitBreaker}. {@code
 * gc.alloc.rate.norm} is the bytes that a call allocates, to be 0; {@code -Djmh.options="-t 2 -prof
 * gc"} has two threads at one breaker.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class CircuitBreakerBenchmark {

  @Param({"count", "time"})
  private String window;

  private CircuitBreaker closed;
  private CircuitBreaker open;

  /** Makes one that lets through and one that refuses. */
  @Setup
  public void build() {
    JsonObject json = new JsonObject().put("window", window).put("minimumCalls", 1);
    CircuitBreakerConfig config = ObjectReader.parse(json, CircuitBreakerConfig::read);
    closed = new CircuitBreaker(config, () -> 0, change -> {}, 0);
    open = new CircuitBreaker(config, () -> 0, change -> {}, 0);
    Permit permit = open.acquire(0);
    for (int i = 0; i < 5; i++) {
      permit.answered(true, 0, 0);
    }
  }

  /** A call that succeeds. */
  @Benchmark
  public void closed() {
    closed.acquire(0).answered(false, 0, 0);
  }

  /** A call that is refused. */
  @Benchmark
  public Permit open() {
    return open.acquire(0);
  }
}
