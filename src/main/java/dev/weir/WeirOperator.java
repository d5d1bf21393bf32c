package dev.weir;

import dev.weir.bus.Addresses;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxException;
import io.vertx.core.json.JsonObject;
import java.util.function.LongSupplier;

/**
 * Sends commands to gateways, for verticles in any language of the JVM that operate them. Any
 * thread may use it.
 *
 * <p>In the JVM of a gateway whose {@code control} has no secret it needs nothing. From another
 * member of the cluster, or where there is a secret, commands have to be signed.
 */
public final class WeirOperator {

  /** The key that {@code control.secret} makes. */
  public static final String MAIN = "main";

  private final Vertx vertx;
  private final Signature signature; // null for none
  private final LongSupplier millis;

  /** One that signs nothing. */
  public WeirOperator(Vertx vertx) {
    this(vertx, null, null);
  }

  /**
   * @param key the id of the key to sign with; null is {@value #MAIN}
   * @param secret its secret; null or empty to sign nothing
   */
  public WeirOperator(Vertx vertx, String key, String secret) {
    this(vertx, key, secret, System::currentTimeMillis);
  }

  /**
   * @param millis the clock that commands are stamped by: milliseconds since 1970
   */
  WeirOperator(Vertx vertx, String key, String secret, LongSupplier millis) {
    this.vertx = vertx;
    boolean signs = secret != null && !secret.isEmpty();
    this.signature = signs ? new Signature(key == null ? MAIN : key, secret) : null;
    this.millis = millis;
  }

  /**
   * Asks whichever node answers.
   *
   * @return the answer; fails with code and message of an answer that is an {@code error}, and when
   *     nobody answers
   */
  public Future<JsonObject> ask(JsonObject command) {
    return send(Addresses.CONTROL, command);
  }

  /**
   * Asks one node.
   *
   * @param node its id
   */
  public Future<JsonObject> ask(String node, JsonObject command) {
    return send(Addresses.CONTROL + "." + node, command);
  }

  private Future<JsonObject> send(String address, JsonObject command) {
    JsonObject message =
        signature == null ? command : signature.sign(address, command, millis.getAsLong());
    return vertx
        .eventBus()
        .<JsonObject>request(address, message)
        .compose(answer -> checked(answer.body()));
  }

  private static Future<JsonObject> checked(JsonObject answer) {
    JsonObject error = answer.getJsonObject("error");
    if (error == null) {
      return Future.succeededFuture(answer);
    }
    String message = error.getString("code") + ": " + error.getString("message");
    return Future.failedFuture(new VertxException(message, true));
  }
}
