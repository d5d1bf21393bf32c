package dev.weir.upstream;

import dev.weir.config.HedgeConfig;
import dev.weir.config.RetryConfig;
import dev.weir.exchange.Trouble;
import io.vertx.core.http.HttpMethod;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.LongUnaryOperator;

/** When a request is tried once more: a configuration, made ready to be asked. */
final class RetryPolicy {

  private final int attempts;
  private final Set<Trouble> troubles = EnumSet.noneOf(Trouble.class);
  private final BitSet statuses = new BitSet();
  private final Set<String> methods;
  private final long perTry;
  private final int maxReplayBytes;
  private final Backoff backoff;
  private final HedgeConfig hedge;

  /**
   * @param random a number from 0 to below its argument, by chance
   */
  RetryPolicy(RetryConfig config, LongUnaryOperator random) {
    attempts = config.attempts();
    methods = Set.copyOf(config.methods());
    perTry = TimeUnit.MILLISECONDS.toNanos(config.perTryTimeoutMillis());
    maxReplayBytes = config.maxReplayBytes();
    backoff = new Backoff(config.backoff(), random);
    hedge = config.hedge();
    for (Trouble trouble : Trouble.values()) {
      if (config.on().contains(trouble.label())) {
        troubles.add(trouble);
      }
    }
    if (!config.statuses().isEmpty()) {
      troubles.add(Trouble.STATUS);
      config.statuses().forEach(statuses::set);
    }
  }

  /** The policy that a configuration asks for; {@code null} when it asks for none. */
  static RetryPolicy of(RetryConfig config) {
    boolean once = config.attempts() == 1 && config.perTryTimeoutMillis() == 0;
    boolean none = once && !config.hedge().enabled();
    return none ? null : new RetryPolicy(config, max -> ThreadLocalRandom.current().nextLong(max));
  }

  /** How often a request is tried in all. */
  int attempts() {
    return attempts;
  }

  /** How much of a body is kept to be sent again. */
  int maxReplayBytes() {
    return maxReplayBytes;
  }

  Backoff backoff() {
    return backoff;
  }

  /** How long an attempt may take to the head of a response, in nanoseconds; 0 for no bound. */
  long perTry() {
    return perTry;
  }

  /** Until when an attempt that starts now must have the head of a response. */
  long tryDeadline(long now) {
    return perTry == 0 ? Timeouts.never(now) : now + perTry;
  }

  /** Whether the times until the first byte are needed. */
  boolean measures() {
    return hedge.percentile() > 0;
  }

  /**
   * How long a first attempt has before it is hedged, in nanoseconds.
   *
   * @param recent how long others took
   * @return -1 for as long as it takes
   */
  long hedgeNanos(HttpMethod method, FirstBytes recent) {
    if (!hedge.enabled() || !repeats(method)) {
      return -1;
    }
    long delay = TimeUnit.MILLISECONDS.toNanos(hedge.delayMillis());
    long usual = measures() ? recent.percentile(hedge.percentile()) : delay;
    return usual == -1 && delay == 0 ? -1 : Math.max(delay, usual);
  }

  /** Whether another try may help against this trouble, and does no harm. */
  boolean covers(Trouble trouble, HttpMethod method) {
    return troubles.contains(trouble) && (trouble.isUnseen() || repeats(method));
  }

  /** Whether a request of this method may be sent twice. */
  boolean repeats(HttpMethod method) {
    return methods.isEmpty() ? Framing.isIdempotent(method) : methods.contains(method.name());
  }

  /** The trouble that a status stands for; {@code null} when it is an answer like any other. */
  Trouble troubleOf(int status) {
    if (status >= 502 && status <= 504 && troubles.contains(Trouble.GATEWAY_ERROR)) {
      return Trouble.GATEWAY_ERROR;
    }
    return statuses.get(status) ? Trouble.STATUS : null;
  }
}
