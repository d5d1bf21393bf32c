package dev.weir.control;

import dev.weir.config.ObjectReader;
import dev.weir.config.WeirConfig;
import dev.weir.node.Node;
import dev.weir.replica.Entry;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * Brings back the configuration of an earlier version as a new one: {@code to} (required; as far
 * back as {@code config.history} goes), and {@link Terms}.
 */
final class ConfigRollback implements Command {

  private final Node node;
  private final Changes changes;

  ConfigRollback(Node node, Changes changes) {
    this.node = node;
    this.changes = changes;
  }

  @Override
  public String op() {
    return "config.rollback";
  }

  @Override
  public Action read(ObjectReader fields) {
    long to = fields.required("to", Terms.VERSION);
    Terms terms = Terms.read(fields);
    JsonObject details = new JsonObject().put("op", op()).put("to", to);
    return caller -> changes.apply(caller, terms, details, config -> back(config, to));
  }

  private WeirConfig back(WeirConfig config, long to) {
    List<Entry> entries = node.replica().history();
    WeirConfig back = config;
    for (int i = entries.size() - 1; i >= 0; i--) {
      Entry entry = entries.get(i);
      back = entry.delta().reversed().apply(back);
      if (entry.parent().version() == to) {
        return back;
      }
    }
    String message = "version " + to + " is not among those that config.history has led from";
    throw new Refusal(Refusal.NOT_FOUND, message, "/to");
  }
}
