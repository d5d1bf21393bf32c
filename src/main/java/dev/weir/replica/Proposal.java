package dev.weir.replica;

import dev.weir.config.WeirConfig;
import io.vertx.core.json.JsonObject;
import java.util.function.UnaryOperator;

/**
 * A change that somebody wants.
 *
 * @param ifVersion the only version that it may be made from; null for any
 * @param dryRun whether nothing is to happen
 * @param ttlMillis when it is to be taken back; 0 for never
 * @param details what an event is to say of it
 * @param edit makes the next configuration of the one in force, perhaps more than once, or throws
 *     what the proposal then fails with
 * @param reverts the id of the change that it takes back; null when it is none such
 */
public record Proposal(
    Long ifVersion,
    boolean dryRun,
    long ttlMillis,
    JsonObject details,
    UnaryOperator<WeirConfig> edit,
    String reverts) {

  /** One that is made from any version, and stays. */
  public static Proposal of(JsonObject details, UnaryOperator<WeirConfig> edit) {
    return new Proposal(null, false, 0, details, edit, null);
  }
}
