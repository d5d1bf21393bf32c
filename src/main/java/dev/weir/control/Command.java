package dev.weir.control;

import dev.weir.config.ObjectReader;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.function.Function;
import java.util.function.Supplier;

/** One verb of the control bus. */
interface Command {

  /** A command whose fields are all right, ready to be carried out. */
  @FunctionalInterface
  interface Action {

    /**
     * Carries the command out.
     *
     * @param caller who has sent it
     * @return what to answer; it fails with a {@link Refusal} when the state of the gateway does
     *     not allow it, and nothing has changed then
     */
    Future<JsonObject> run(Caller caller);

    /** One that needs to know who has sent it, and nobody else; it may throw likewise. */
    static Action by(Function<Caller, JsonObject> answer) {
      return caller -> Future.succeededFuture(answer.apply(caller));
    }

    /** One that needs nobody else; it may throw what the future would fail with. */
    static Action of(Supplier<JsonObject> answer) {
      return caller -> Future.succeededFuture(answer.get());
    }
  }

  /** The name of the command in the field {@code op}: what it is about, a dot, a verb. */
  String op();

  /** Whether it only asks, and changes nothing. */
  default boolean asks() {
    return false;
  }

  /**
   * Reads the fields of the command and touches nothing else. What is wrong or unknown among them
   * is reported to the reader, and the action is not run then.
   */
  Action read(ObjectReader fields);
}
