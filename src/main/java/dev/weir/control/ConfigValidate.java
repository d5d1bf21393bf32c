package dev.weir.control;

import dev.weir.config.ConfigException;
import dev.weir.config.ObjectReader;
import dev.weir.config.Problem;
import dev.weir.config.Revision;
import dev.weir.config.Shapes;
import dev.weir.config.WeirConfig;
import dev.weir.node.Node;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * Reads a {@code config} as if the gateway were started with it, and lists everything that is
 * wrong: {@code problems}, empty for a configuration that is valid. Nothing changes.
 */
final class ConfigValidate implements Question {

  private final Vertx vertx;
  private final Node node;

  ConfigValidate(Vertx vertx, Node node) {
    this.vertx = vertx;
    this.node = node;
  }

  @Override
  public String op() {
    return "config.validate";
  }

  @Override
  public Action read(ObjectReader fields) {
    JsonObject config = fields.required("config", Shapes.document());
    return caller ->
        vertx.executeBlocking(() -> validate(config, caller.mayChange())); // It may be large.
  }

  private JsonObject validate(JsonObject config, boolean variables) {
    JsonArray problems = new JsonArray();
    problems(config, variables).stream().map(ConfigValidate::line).forEach(problems::add);
    return new JsonObject()
        .put("version", node.snapshot().version())
        .put("valid", problems.isEmpty())
        .put("problems", problems);
  }

  /**
   * @param variables whether the environment may be read: what is wrong with a value says something
   *     of it
   */
  private static List<Problem> problems(JsonObject config, boolean variables) {
    try {
      if (variables) {
        WeirConfig.of(config);
      } else {
        Revision.read(config);
      }
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
