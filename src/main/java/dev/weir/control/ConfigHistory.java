package dev.weir.control;

import dev.weir.config.ObjectReader;
import dev.weir.config.Shape;
import dev.weir.node.Node;
import dev.weir.replica.Entry;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * Shows the last changes of the configuration, the newest first: {@code limit} (1 to 100; default
 * 20). Each has {@code version}, {@code at}, {@code node}, what it was ({@code op} and more) and
 * {@code changes}, the parts that it touched.
 */
final class ConfigHistory implements Question {

  private static final int MAX = 100;
  private static final int DEFAULT = 20;

  private final Node node;

  ConfigHistory(Node node) {
    this.node = node;
  }

  @Override
  public String op() {
    return "config.history";
  }

  @Override
  public Action read(ObjectReader fields) {
    int limit = fields.optional("limit", DEFAULT, Shape.integer(1, MAX));
    return Action.of(() -> history(limit));
  }

  private JsonObject history(int limit) {
    List<Entry> entries = node.replica().history();
    JsonArray lines = new JsonArray();
    for (int i = entries.size() - 1; i >= Math.max(0, entries.size() - limit); i--) {
      lines.add(entries.get(i).summary());
    }
    return new JsonObject().put("version", node.snapshot().version()).put("history", lines);
  }
}
