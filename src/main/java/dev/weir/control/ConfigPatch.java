package dev.weir.control;

import dev.weir.config.ConfigException;
import dev.weir.config.ObjectReader;
import dev.weir.config.Revision;
import dev.weir.config.Shapes;
import dev.weir.config.WeirConfig;
import io.vertx.core.json.JsonObject;

/**
 * Changes what it names: {@code patch}, a JSON Merge Patch (RFC 7396) of the configuration as
 * {@code config.get} shows it, and {@link Terms}.
 */
final class ConfigPatch implements Command {

  private final Changes changes;

  ConfigPatch(Changes changes) {
    this.changes = changes;
  }

  @Override
  public String op() {
    return "config.patch";
  }

  @Override
  public Action read(ObjectReader fields) {
    JsonObject patch = fields.required("patch", Shapes.document());
    Terms terms = Terms.read(fields);
    // Not what the patch holds: a secret may be among it.
    JsonObject details = new JsonObject().put("op", op());
    return caller -> changes.apply(caller, terms, details, config -> patched(config, patch));
  }

  private static WeirConfig patched(WeirConfig config, JsonObject patch) {
    try {
      return Revision.patch(config, patch);
    } catch (ConfigException e) {
      throw e.under("/patch");
    }
  }
}
