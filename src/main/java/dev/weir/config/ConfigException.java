package dev.weir.config;

import io.vertx.core.VertxException;
import java.util.List;
import java.util.stream.Collectors;

/** A refused configuration. The message lists every problem, one a line. */
public final class ConfigException extends VertxException {
  private final transient List<Problem> problems;

  /** The problems say it all, so there is no stack trace. */
  public ConfigException(List<Problem> problems) {
    super(message(problems), true);
    this.problems = List.copyOf(problems);
  }

  /** All that is wrong, in the order in which it was found; never empty. */
  public List<Problem> problems() {
    return problems;
  }

  /** The same problems, of a document that stands below another one. */
  public ConfigException under(String pointer) {
    return new ConfigException(
        problems.stream()
            .map(each -> new Problem(pointer + each.pointer(), each.value(), each.expected()))
            .toList());
  }

  private static String message(List<Problem> problems) {
    return problems.stream().map(Problem::toString).collect(Collectors.joining("\n"));
  }
}
