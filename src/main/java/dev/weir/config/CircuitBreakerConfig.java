package dev.weir.config;

import java.util.List;

/**
 * When an upstream is left alone because it fails, and how it is tried again.
 *
 * @param scope what a breaker stands before: {@value #UPSTREAM}, each {@value #ENDPOINT} or {@value
 *     #BOTH}; default {@value #DEFAULT_SCOPE}
 * @param window what is looked at: the last calls ({@value #COUNT}) or the last seconds ({@value
 *     #TIME}); default {@value #DEFAULT_WINDOW}
 * @param windowSize how many calls a window by count has, 1 to 10000; default {@value
 *     #DEFAULT_WINDOW_SIZE}
 * @param failureThreshold how many failures among them open the breaker, 1 to {@code windowSize};
 *     default {@value #DEFAULT_FAILURE_THRESHOLD}
 * @param windowMillis how long a window by time is, 10 ms to 1 hour; default {@value
 *     #DEFAULT_WINDOW_MILLIS}
 * @param minimumCalls how many calls it must hold before it may open the breaker, 1 to 1000000;
 *     default {@value #DEFAULT_MINIMUM_CALLS}
 * @param failurePercent what share of failures in it opens the breaker, 1 to 100; default {@value
 *     #DEFAULT_FAILURE_PERCENT}
 * @param slowMillis from when on an answer counts as slow, from the end of the request to its head,
 *     up to 7 days; default 0, never
 * @param slowPercent what share of slow calls opens the breaker, 1 to 100, as soon as the window by
 *     count is full or that by time holds {@code minimumCalls}; default {@value
 *     #DEFAULT_SLOW_PERCENT}
 * @param successThreshold how many trial calls a half-open breaker lets through, and how many of
 *     them must succeed to close it: all, 1 to 1000; default {@value #DEFAULT_SUCCESS_THRESHOLD}
 * @param openMillis for how long it refuses before it tries, 1 ms to 7 days; default {@value
 *     #DEFAULT_OPEN_MILLIS}
 * @param openMultiplier how much longer it is each time that a trial has failed, 1 to 10; default
 *     {@value #DEFAULT_OPEN_MULTIPLIER}
 * @param maxOpenMillis the longest that it becomes, {@code openMillis} to 7 days; default {@value
 *     #DEFAULT_MAX_OPEN_MILLIS}
 * @param openJitterPercent how much longer still it may be, by chance, 0 to 100; default {@value
 *     #DEFAULT_OPEN_JITTER_PERCENT}
 * @param halfOpen who tries whether it may close: each {@value #NODE}, or one node of the {@value
 *     #CLUSTER} for all; where Vert.x is not clustered these are the same; default {@value
 *     #DEFAULT_HALF_OPEN}
 * @param trialMillis how long one node may try for all before another one does, 10 ms to 1 hour;
 *     default {@value #DEFAULT_TRIAL_MILLIS}
 * @param failOn what counts as a failure; default all there is
 * @param failureStatuses the statuses, 100 to 599, that are failures where {@code failOn} has
 *     {@value #STATUS}; default 500, 502, 503 and 504
 * @param fallback what is done in place of a refusal; default none
 */
public record CircuitBreakerConfig(
    String scope,
    String window,
    int windowSize,
    int failureThreshold,
    long windowMillis,
    int minimumCalls,
    int failurePercent,
    long slowMillis,
    int slowPercent,
    int successThreshold,
    long openMillis,
    double openMultiplier,
    long maxOpenMillis,
    int openJitterPercent,
    String halfOpen,
    long trialMillis,
    List<String> failOn,
    List<Integer> failureStatuses,
    FallbackConfig fallback) {

  /** One breaker for the upstream. */
  public static final String UPSTREAM = "upstream";

  /** One breaker for each endpoint. */
  public static final String ENDPOINT = "endpoint";

  /** One breaker for the upstream, and one for each endpoint. */
  public static final String BOTH = "both";

  /** Every scope there is. */
  public static final List<String> SCOPES = List.of(UPSTREAM, ENDPOINT, BOTH);

  /** The last calls. */
  public static final String COUNT = "count";

  /** The last seconds. */
  public static final String TIME = "time";

  /** Every window there is. */
  public static final List<String> WINDOWS = List.of(COUNT, TIME);

  /** Each node for itself. */
  public static final String NODE = "node";

  /** One for all. */
  public static final String CLUSTER = "cluster";

  /** There was no connection. */
  public static final String CONNECT = "connect";

  /** The answer, or the rest of it, did not come in time. */
  public static final String TIMEOUT = "timeout";

  /** The connection broke. */
  public static final String RESET = "reset";

  /** The answer was no HTTP. */
  public static final String INVALID = "invalid";

  /** The answer has one of {@code failureStatuses}. */
  public static final String STATUS = "status";

  /** Every kind of failure there is. */
  public static final List<String> FAILURES = List.of(CONNECT, TIMEOUT, RESET, INVALID, STATUS);

  /** One for all endpoints. */
  public static final String DEFAULT_SCOPE = UPSTREAM;

  /** The last calls. */
  public static final String DEFAULT_WINDOW = COUNT;

  /** In calls. */
  public static final int DEFAULT_WINDOW_SIZE = 10;

  /** In failures. */
  public static final int DEFAULT_FAILURE_THRESHOLD = 5;

  /** 10 seconds. */
  public static final long DEFAULT_WINDOW_MILLIS = 10_000;

  /** In calls. */
  public static final int DEFAULT_MINIMUM_CALLS = 20;

  /** A half. */
  public static final int DEFAULT_FAILURE_PERCENT = 50;

  /** All of them. */
  public static final int DEFAULT_SLOW_PERCENT = 100;

  /** In calls. */
  public static final int DEFAULT_SUCCESS_THRESHOLD = 2;

  /** One minute. */
  public static final long DEFAULT_OPEN_MILLIS = 60_000;

  /** Twice as long. */
  public static final double DEFAULT_OPEN_MULTIPLIER = 2;

  /** Ten minutes. */
  public static final long DEFAULT_MAX_OPEN_MILLIS = 600_000;

  /** A tenth. */
  public static final int DEFAULT_OPEN_JITTER_PERCENT = 10;

  /** Each node for itself. */
  public static final String DEFAULT_HALF_OPEN = NODE;

  /** 10 seconds. */
  public static final long DEFAULT_TRIAL_MILLIS = 10_000;

  private static final List<Integer> DEFAULT_STATUSES = List.of(500, 502, 503, 504);
  private static final int MOST_CALLS = 1_000_000;
  private static final long LONGEST_WINDOW_MILLIS = 3_600_000;
  private static final Shape<Integer> PERCENT = Shape.integer(1, 100);

  /** Keeps its own unmodifiable copies. */
  public CircuitBreakerConfig {
    failOn = List.copyOf(failOn);
    failureStatuses = List.copyOf(failureStatuses);
  }

  /** Whether there is a breaker for the upstream. */
  public boolean forUpstream() {
    return !scope.equals(ENDPOINT);
  }

  /** Whether there is a breaker for each endpoint. */
  public boolean forEndpoints() {
    return !scope.equals(UPSTREAM);
  }

  /** Whether one node of a cluster tries for all. */
  public boolean oneTrial() {
    return halfOpen.equals(CLUSTER);
  }

  /** Reads one; what is absent has its default. */
  public static CircuitBreakerConfig read(ObjectReader r) {
    CircuitBreakerConfig read =
        new CircuitBreakerConfig(
            r.optional("scope", DEFAULT_SCOPE, Shape.word(SCOPES)),
            r.optional("window", DEFAULT_WINDOW, Shape.word(WINDOWS)),
            r.optional("windowSize", DEFAULT_WINDOW_SIZE, Shape.integer(1, 10_000)),
            r.optional("failureThreshold", DEFAULT_FAILURE_THRESHOLD, Shape.integer(1, 10_000)),
            r.optional(
                "windowMillis", DEFAULT_WINDOW_MILLIS, Shape.whole(10, LONGEST_WINDOW_MILLIS)),
            r.optional("minimumCalls", DEFAULT_MINIMUM_CALLS, Shape.integer(1, MOST_CALLS)),
            r.optional("failurePercent", DEFAULT_FAILURE_PERCENT, PERCENT),
            r.optional("slowMillis", 0L, Common.MILLIS_OR_ZERO),
            r.optional("slowPercent", DEFAULT_SLOW_PERCENT, PERCENT),
            r.optional("successThreshold", DEFAULT_SUCCESS_THRESHOLD, Shape.integer(1, 1000)),
            r.optional("openMillis", DEFAULT_OPEN_MILLIS, Common.MILLIS),
            r.optional("openMultiplier", DEFAULT_OPEN_MULTIPLIER, Shape.number(1, 10)),
            r.optional("maxOpenMillis", DEFAULT_MAX_OPEN_MILLIS, Common.MILLIS),
            r.optional("openJitterPercent", DEFAULT_OPEN_JITTER_PERCENT, Shape.integer(0, 100)),
            r.optional("halfOpen", DEFAULT_HALF_OPEN, Shape.word(List.of(NODE, CLUSTER))),
            r.optional("trialMillis", DEFAULT_TRIAL_MILLIS, Shape.whole(10, 3_600_000)),
            r.optional("failOn", FAILURES, Shapes.nonEmpty(Shape.word(FAILURES))),
            r.optional("failureStatuses", DEFAULT_STATUSES, Shapes.list(Shape.integer(100, 599))),
            r.optional("fallback", null, Shapes.object(FallbackConfig::read)));
    read.check(r);
    return read;
  }

  /** Checks what depends on two keys; 0 stands for a value that was reported already. */
  private void check(ObjectReader r) {
    if (windowSize > 0 && failureThreshold > windowSize) {
      r.problem("failureThreshold", "no more failures than windowSize (" + windowSize + ")");
    }
    if (maxOpenMillis > 0 && maxOpenMillis < openMillis) {
      r.problem("maxOpenMillis", "no less than openMillis (" + openMillis + ")");
    }
  }
}
