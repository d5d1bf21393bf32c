package dev.weir.transfer;

import dev.weir.node.Node;
import io.vertx.core.json.JsonArray;
import java.time.Instant;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The large transfers that are under way on a node. */
public final class Transfers {

  private final Set<Transfer> running = ConcurrentHashMap.newKeySet();

  private Transfers() {}

  /** Those of a node. */
  public static Transfers of(Node node) {
    return node.shared(Transfers.class, Transfers::new);
  }

  void add(Transfer transfer) {
    running.add(transfer);
  }

  void remove(Transfer transfer) {
    running.remove(transfer);
  }

  /** All of them, the oldest first. */
  public JsonArray toJson() {
    Instant now = Instant.now();
    JsonArray all = new JsonArray();
    running.stream()
        .sorted(Comparator.comparing(Transfer::startedAt))
        .forEach(transfer -> all.add(transfer.toJson(now)));
    return all;
  }
}
