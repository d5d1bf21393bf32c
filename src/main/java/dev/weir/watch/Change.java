package dev.weir.watch;

import dev.weir.config.ConfigException;
import dev.weir.config.Delta;
import dev.weir.config.Problem;
import dev.weir.config.WeirConfig;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** What the watched files want. */
final class Change {

  private Change() {}

  /**
   * The configuration that the files describe.
   *
   * @param content what stands in them
   * @param inForce what is in force; its local parts stay
   * @throws ConfigException when it is not valid, or changes what only a restart can change
   */
  static WeirConfig of(JsonObject content, WeirConfig inForce) {
    if (content.isEmpty()) {
      // So looks a file that somebody has just begun to write, and so would every route be gone.
      throw refused("", "nothing", "a configuration");
    }
    WeirConfig wanted = WeirConfig.of(content);
    List<Problem> problems = new ArrayList<>();
    for (String section : Delta.local(inForce, wanted)) {
      if (content.containsKey(section)) {
        problems.add(new Problem("/" + section, "a change", "what the node was started with"));
      }
    }
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
    return inForce.withShared(wanted);
  }

  private static ConfigException refused(String pointer, String value, String expected) {
    return new ConfigException(List.of(new Problem(pointer, value, expected)));
  }
}
