package dev.weir.control;

import dev.weir.config.ConfigException;
import dev.weir.config.WeirConfig;
import dev.weir.node.Node;
import dev.weir.replica.Outcome;
import dev.weir.replica.Proposal;
import dev.weir.replica.Rejection;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.function.UnaryOperator;

/** The one way in which commands change the configuration: whole, checked, everywhere. */
final class Changes {

  private final Node node;

  Changes(Node node) {
    this.node = node;
  }

  /** What an event says of a change to one endpoint. */
  static JsonObject details(String op, String upstream, String endpoint) {
    return new JsonObject().put("op", op).put("upstream", upstream).put("endpoint", endpoint);
  }

  /**
   * Puts an edited configuration in force and publishes an event of type {@code config}.
   *
   * @param caller who wants it
   * @param details what the event says of the change
   * @param edit makes the new configuration from the one in force, or throws a {@link Refusal}; it
   *     may be called more than once
   * @return the answer: the new version; of a dry run, the one that stays, and what would change
   */
  Future<JsonObject> apply(
      Caller caller, Terms terms, JsonObject details, UnaryOperator<WeirConfig> edit) {
    JsonObject signed = caller.sign(details);
    Proposal proposal =
        new Proposal(terms.ifVersion(), terms.dryRun(), terms.ttlMillis(), signed, edit, null);
    return node.replica()
        .propose(proposal)
        .map(outcome -> answer(terms, outcome))
        .recover(failure -> Future.failedFuture(refusal(failure)));
  }

  private static JsonObject answer(Terms terms, Outcome outcome) {
    JsonObject answer = new JsonObject().put("version", outcome.version());
    if (terms.dryRun()) {
      answer.put("changes", new JsonArray(outcome.delta().paths()));
    }
    return answer;
  }

  private static Throwable refusal(Throwable failure) {
    if (failure instanceof Rejection.Stale stale) {
      return Refusal.stale(stale.version());
    }
    if (failure instanceof Rejection.Local local) {
      return new Refusal(Refusal.LOCAL, local.getMessage(), "/config/" + local.sections().get(0));
    }
    if (failure instanceof Rejection.Unavailable) {
      return new Refusal(Refusal.UNAVAILABLE, failure.getMessage(), "");
    }
    if (failure instanceof ConfigException invalid) {
      return Refusal.of(invalid.problems());
    }
    return failure;
  }
}
