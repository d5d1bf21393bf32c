package dev.weir.balancer.policy;

import dev.weir.node.Load;
import java.util.function.LongSupplier;

/**
 * Of two members drawn by weight, the one with the lower cost: how long its answers take (see
 * {@link dev.weir.node.Latency}) times what it would have in flight, for its weight. Finagle's
 * {@code P2C PeakEwma}.
 */
final class PeakEwma extends TwoChoices {

  /** What a member costs that has never answered but has requests in flight: a second. */
  private static final float UNKNOWN_NANOS = 1e9f;

  private final int[] weights;
  private final Load[] loads;
  private final LongSupplier nanos;

  PeakEwma(Members members, Setting setting) {
    super(members, setting);
    weights = members.weights();
    loads = members.loads();
    nanos = setting.nanos();
  }

  @Override
  boolean isBetter(int one, int other) {
    long now = nanos.getAsLong();
    return cost(one, now) < cost(other, now);
  }

  /** Nothing for a member that was never asked: that is how it gets known. */
  private float cost(int member, long now) {
    Load load = loads[member];
    int inFlight = load.inFlight();
    float latency = load.latency().nanos(now);
    if (latency == 0) {
      latency = inFlight == 0 ? 0 : UNKNOWN_NANOS;
    }
    return latency * (inFlight + 1) / weights[member];
  }
}
