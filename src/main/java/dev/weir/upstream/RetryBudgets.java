package dev.weir.upstream;

import dev.weir.node.Load;
import dev.weir.node.Node;
import dev.weir.node.Upstream;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The retry budgets of one node, by upstream. Any thread may use it. */
final class RetryBudgets {

  private record Entry(Load load, RetryBudget budget) {}

  private final Map<String, Entry> entries = new ConcurrentHashMap<>();

  /** Those of this node. */
  static RetryBudgets of(Node node) {
    return node.shared(RetryBudgets.class, RetryBudgets::new);
  }

  /** The budget of an upstream; the same one for as long as its load is counted in one place. */
  RetryBudget get(Upstream upstream) {
    return entries
        .compute(upstream.name(), (name, entry) -> isOf(upstream, entry) ? entry : entry(upstream))
        .budget();
  }

  private static boolean isOf(Upstream upstream, Entry entry) {
    return entry != null && entry.load() == upstream.load();
  }

  private static Entry entry(Upstream upstream) {
    return new Entry(upstream.load(), new RetryBudget(upstream.load()::inFlight));
  }

  /** An upstream is gone; one of the same name may have come since. */
  void forget(Upstream upstream) {
    entries.computeIfPresent(
        upstream.name(), (name, entry) -> isOf(upstream, entry) ? null : entry);
  }
}
