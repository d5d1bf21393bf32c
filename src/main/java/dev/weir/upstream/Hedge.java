package dev.weir.upstream;

import dev.weir.exchange.Exchange;
import dev.weir.exchange.Scout;
import dev.weir.node.Endpoint;
import dev.weir.resilience.Trial;

/**
 * Sends a request to a second endpoint when the first one takes its time, and lets the first good
 * answer win. Until then both attempts are under way for one exchange; whichever fails leaves it to
 * the other.
 *
 * <p>The balancer is asked by a stand-in for the exchange, because the exchange itself must stay
 * here: the first attempt may answer at any moment. Runs on the lane's event loop, but for {@link
 * #returned}.
 */
final class Hedge extends Wheel.Wait implements Scout {

  private final Lane lane;
  private final Exchange exchange;
  private final Rules rules;
  private final Attempt first;
  private Attempt second; // null until there is one
  private String affinity; // What binds the client to the endpoint of the second.
  private boolean paid;
  private boolean settled;

  Hedge(Lane lane, Exchange exchange, Rules rules, Attempt first) {
    this.lane = lane;
    this.exchange = exchange;
    this.rules = rules;
    this.first = first;
  }

  /**
   * Starts to wait.
   *
   * @param nanos how long the first attempt has
   */
  void start(long nanos) {
    lane.wheel().add(this, nanos);
  }

  @Override
  void over() {
    if (!rules.hasUntried(exchange)) {
      settle();
    } else if (rules.pay()) {
      paid = true;
      lane.balancers().send(exchange.scout(this));
    } else {
      rules.metrics().hedgeRefused();
      settle();
    }
  }

  @Override
  public void returned(Endpoint endpoint, Trial trial, String affinity) {
    lane.loop().execute(() -> picked(endpoint, trial, affinity));
  }

  private void picked(Endpoint endpoint, Trial trial, String affinity) {
    if (settled || endpoint == null) {
      settle();
      if (trial != null) {
        trial.cancel();
      }
      return;
    }
    this.affinity = affinity;
    exchange.attempt(endpoint);
    exchange.trial(trial);
    second = first.hedged(endpoint);
    exchange.attemptAt(first.endpoint());
    rules.metrics().hedged();
    second.start();
  }

  /** An attempt has a good answer, or the client is gone: the other one is cancelled. */
  void won(Attempt winner) {
    if (settled) {
      return;
    }
    settle();
    if (second != null) {
      leaveTo(winner);
      other(winner).lose();
    }
  }

  private void leaveTo(Attempt survivor) {
    boolean overtaken = survivor == second;
    rules.metrics().hedgeEnded(overtaken);
    exchange.detail(null);
    exchange.attemptAt(survivor.endpoint());
    if (overtaken) {
      exchange.affinity(affinity);
    }
  }

  private Attempt other(Attempt one) {
    return one == first ? second : first;
  }

  /**
   * An attempt has failed.
   *
   * @return whether the other one goes on; if not, there is none any more
   */
  boolean yields(Attempt loser) {
    if (settled) {
      return false;
    }
    settle();
    if (second == null) {
      return false;
    }
    Attempt survivor = other(loser);
    exchange.exclude(loser.endpoint());
    leaveTo(survivor);
    exchange.work(survivor);
    return true;
  }

  /** From now on there is one attempt, or none. */
  private void settle() {
    settled = true;
    lane.wheel().remove(this);
    if (paid) {
      paid = false;
      rules.budget().release();
    }
  }
}
