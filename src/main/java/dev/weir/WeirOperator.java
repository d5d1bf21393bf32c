package dev.weir;

import dev.weir.bus.Addresses;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxException;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

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

  private static final String ALGORITHM = "HmacSHA256";

  private final Vertx vertx;
  private final String key;
  private final SecretKeySpec secret;

  /** One that signs nothing. */
  public WeirOperator(Vertx vertx) {
    this(vertx, null, null);
  }

  /**
   * @param key the id of the key to sign with; null is {@value #MAIN}
   * @param secret its secret; null or empty to sign nothing
   */
  public WeirOperator(Vertx vertx, String key, String secret) {
    this.vertx = vertx;
    this.key = key == null ? MAIN : key;
    this.secret = secret == null || secret.isEmpty() ? null : spec(secret);
  }

  private static SecretKeySpec spec(String secret) {
    return new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM);
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
    return vertx
        .eventBus()
        .<JsonObject>request(address, secret == null ? command : signed(address, command))
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

  private JsonObject signed(String address, JsonObject command) {
    String text = command.encode();
    long at = System.currentTimeMillis();
    String nonce = UUID.randomUUID().toString();
    String signed = String.join("\n", address, key, Long.toString(at), nonce, text);
    return new JsonObject()
        .put("command", text)
        .put("key", key)
        .put("at", at)
        .put("nonce", nonce)
        .put("signature", HexFormat.of().formatHex(hmac(signed)));
  }

  private byte[] hmac(String text) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(secret);
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has " + ALGORITHM, e);
    }
  }
}
