package dev.weir.upstream;

import dev.weir.node.Node;
import dev.weir.node.Upstream;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The retry budgets of one node, by upstream. Any thread may use it. */
final class RetryBudgets {

  private final Map<String, RetryBudget> budgets = new ConcurrentHashMap<>();

  /** Those of this node. */
  static RetryBudgets of(Node node) {
    return node.shared(RetryBudgets.class, RetryBudgets::new);
  }

  /** The budget of an upstream; the same one for as long as its name is in use. */
  RetryBudget get(Upstream upstream) {
    return budgets.computeIfAbsent(
        upstream.name(), name -> new RetryBudget(upstream.load()::inFlight));
  }

  /** An upstream is gone. */
  void forget(String upstream) {
    budgets.remove(upstream);
  }
}
