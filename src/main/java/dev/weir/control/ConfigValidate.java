package dev.weir.control;

import dev.weir.config.ConfigException;
import dev.weir.config.ObjectReader;
import dev.weir.config.Problem;
import dev.weir.config.Shapes;
import dev.weir.config.WeirConfig;
import dev.weir.node.Node;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * Reads a {@code config} as if the gateway were started with it, and lists everything that is
 * wrong: {@code problems}, empty for a configuration that is valid. Nothing changes.
 */
final class ConfigValidate implements Command {

  private final Node node;

  ConfigValidate(Node node) {
    this.node = node;
  }

  @Override
  public String op() {
    return "config.validate";
  }

  @Override
  public boolean asks() {
    return true;
  }

  @Override
  public Action read(ObjectReader fields) {
    JsonObject config = fields.required("config", Shapes.document());
    return Action.of(() -> validate(config));
  }

  private JsonObject validate(JsonObject config) {
    JsonArray problems = new JsonArray();
    problems(config).stream().map(ConfigValidate::line).forEach(problems::add);
    return new JsonObject()
        .put("version", node.snapshot().version())
        .put("valid", problems.isEmpty())
        .put("problems", problems);
  }

  private static List<Problem> problems(JsonObject config) {
    try {
      WeirConfig.of(config);
      return List.of();
    } catch (ConfigException e) {
      return e.problems();
    }
  }

  private static JsonObject line(Problem problem) {
    return new JsonObject()
        .put("path", problem.pointer())
        .put("value", problem.value())
        .put("expected", problem.expected());
  }
}
