package dev.weir.control;

import dev.weir.config.ObjectReader;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.function.Supplier;

/** One verb of the control bus. */
interface Command {

  /** A command whose fields are all right, ready to be carried out. */
  @FunctionalInterface
  interface Action {

    /**
     * Carries the command out.
     *
     * @return what to answer; it fails with a {@link Refusal} when the state of the gateway does
     *     not allow it, and nothing has changed then
     */
    Future<JsonObject> run();

    /** One that needs nobody else; it may throw what the future would fail with. */
    static Action of(Supplier<JsonObject> answer) {
      return () -> Future.succeededFuture(answer.get());
    }
  }

  /** The name of the command in the field {@code op}: what it is about, a dot, a verb. */
  String op();

  /**
   * Reads the fields of the command and touches nothing else. What is wrong or unknown among them
   * is reported to the reader, and the action is not run then.
   */
  Action read(ObjectReader fields);
}
