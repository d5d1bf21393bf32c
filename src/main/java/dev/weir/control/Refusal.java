package dev.weir.control;

import dev.weir.announce.Denial;
import dev.weir.config.Problem;
import io.vertx.core.VertxException;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.Collectors;

/** A command that is not carried out; nothing has changed. */
final class Refusal extends VertxException {

  /** The sender may not do that, or is not who he says. */
  static final String FORBIDDEN = "forbidden";

  /** There is no such operation. */
  static final String UNKNOWN_OP = "unknown-op";

  /** A field is missing, unknown, or not of its type or range. */
  static final String INVALID = "invalid";

  /** What a field names does not exist. */
  static final String NOT_FOUND = "not-found";

  /** What a field names is there already. */
  static final String EXISTS = "exists";

  /** Something else still needs it. */
  static final String IN_USE = "in-use";

  /** The configuration has changed since the version that the command was meant for. */
  static final String STALE = "stale";

  /** It concerns what a node has of its own and can't change while it runs. */
  static final String LOCAL = "local";

  /** The nodes of the cluster can't agree now; nothing has changed as far as this one knows. */
  static final String UNAVAILABLE = "unavailable";

  /** A fault of the gateway; its log has more. */
  static final String INTERNAL = "internal";

  private final JsonObject error;

  /**
   * @param path the JSON pointer of the field at fault, empty for the command as a whole
   */
  Refusal(String code, String message, String path) {
    super(message, true);
    error = new JsonObject().put("code", code).put("message", message).put("path", path);
  }

  /** Refuses a change that was meant for another version, and says which one is in force. */
  static Refusal stale(long version) {
    Refusal refusal = new Refusal(STALE, "the version in force is " + version, "/ifVersion");
    refusal.error.put("version", version);
    return refusal;
  }

  /** Refuses fields that could not be read; the path is that of the first. */
  static Refusal of(List<Problem> problems) {
    Problem first = problems.get(0);
    if (first.pointer().equals("/op")) {
      return new Refusal(UNKNOWN_OP, first.toString(), first.pointer());
    }
    String all = problems.stream().map(Problem::toString).collect(Collectors.joining("; "));
    return new Refusal(INVALID, all, first.pointer());
  }

  /**
   * Refuses a name that nothing has.
   *
   * @param found what the name stands for, null when that is nothing
   * @param field the field that holds the name
   */
  static <T> T ifMissing(T found, String field, String name) {
    if (found == null) {
      throw new Refusal(NOT_FOUND, "there is no " + field + " \"" + name + "\"", "/" + field);
    }
    return found;
  }

  /**
   * Refuses a name that something has already.
   *
   * @param field the field that holds the name
   */
  static Refusal exists(String field, String name) {
    return new Refusal(EXISTS, "there is a " + field + " \"" + name + "\" already", "/" + field);
  }

  /** Refuses an announcement. */
  static Refusal of(Denial denial) {
    return new Refusal(denial.code(), denial.getMessage(), denial.path());
  }

  JsonObject toJson() {
    return new JsonObject().put("error", error);
  }
}
