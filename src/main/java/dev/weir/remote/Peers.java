package dev.weir.remote;

import dev.weir.cluster.Offer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;

/** Picks the node that serves an exchange: the one that has the fewest from here, in turns. */
final class Peers {

  private final ToIntFunction<String> busy;
  private Map<String, Offer> offers = Map.of();
  private Map<String, List<String>> byUpstream = Map.of();
  private int turn;

  /**
   * @param busy how many exchanges a node serves for this one
   */
  Peers(ToIntFunction<String> busy) {
    this.busy = busy;
  }

  /** Takes what the nodes offer; costs nothing when that is the same as before. */
  void offers(Map<String, Offer> current) {
    if (current != offers) {
      offers = current;
      byUpstream = new HashMap<>();
      current.forEach(
          (node, offer) ->
              offer
                  .upstreams()
                  .forEach(
                      name -> byUpstream.computeIfAbsent(name, k -> new ArrayList<>()).add(node)));
    }
  }

  /** What a node offers; nothing when it is not known. */
  Offer offer(String node) {
    return offers.getOrDefault(node, Offer.NONE);
  }

  /**
   * Picks a node.
   *
   * @param but those that are not to be picked
   * @return {@code null} when there is none
   */
  String pick(String upstream, Set<String> but) {
    List<String> nodes = byUpstream.getOrDefault(upstream, List.of());
    String best = null;
    int least = Integer.MAX_VALUE;
    turn = turn == Integer.MAX_VALUE ? 0 : turn + 1;
    for (int i = 0; i < nodes.size(); i++) {
      String node = nodes.get((int) (((long) turn + i) % nodes.size()));
      if (!but.contains(node) && busy.applyAsInt(node) < least) {
        best = node;
        least = busy.applyAsInt(node);
      }
    }
    return best;
  }
}
