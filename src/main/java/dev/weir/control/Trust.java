package dev.weir.control;

import dev.weir.config.Problem;
import io.vertx.core.Future;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.impl.clustered.ClusteredMessage;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Decides who has sent a message. Where there are keys, only who knows one of them is somebody;
 * where there are none, the bus tells what comes from this JVM and what from elsewhere.
 *
 * <p>Whoever has no right to learn anything is told the same whatever the reason. Only after the
 * signature was found right is more said.
 */
final class Trust {

  private final Keys keys;
  private final Nonces nonces;
  private final long windowMillis;
  private final LongSupplier clock;

  /**
   * @param windowMillis how far time stamps may be from the clock
   * @param clock milliseconds since 1970
   */
  Trust(Keys keys, Nonces nonces, long windowMillis, LongSupplier clock) {
    this.keys = keys;
    this.nonces = nonces;
    this.windowMillis = windowMillis;
    this.clock = clock;
  }

  /** Whether commands have to be signed, and so may come from everywhere. */
  boolean signs() {
    return !keys.isEmpty();
  }

  /**
   * Finds out who has sent a message, and what.
   *
   * @return fails with a {@link Refusal}, or with what is wrong in the message
   */
  Future<Request> admit(Message<Object> message) {
    JsonObject json = object(message.body());
    if (signs()) {
      return Envelope.isMeant(json) ? admit(message.address(), Envelope.of(json)) : refuse();
    }
    return Future.succeededFuture(new Request(caller(message), json));
  }

  private static JsonObject object(Object body) {
    if (body instanceof JsonObject json) {
      return json;
    }
    String type = body == null ? "null" : body.getClass().getSimpleName();
    throw Refusal.of(List.of(new Problem("", type, "a JSON object")));
  }

  private static Future<Request> refuse() {
    return Future.failedFuture(forbidden());
  }

  private static Caller caller(Message<Object> message) {
    boolean remote = message instanceof ClusteredMessage<?, ?> each && each.isFromWire();
    return remote ? Caller.REMOTE : Caller.LOCAL;
  }

  private Future<Request> admit(String address, Envelope envelope) {
    if (!keys.verify(envelope.key(), envelope.signed(address), envelope.signature())) {
      return refuse();
    }
    long off = Math.abs(clock.getAsLong() - envelope.at());
    if (off > windowMillis) {
      return untimely("it is " + off + " ms from the clock of the node");
    }
    return nonces
        .take(envelope.key() + " " + envelope.nonce(), envelope.at())
        .map(
            isNew -> {
              if (!isNew) {
                throw new Refusal(Refusal.FORBIDDEN, "it was used before", "/nonce");
              }
              return request(envelope);
            });
  }

  private static Future<Request> untimely(String message) {
    return Future.failedFuture(new Refusal(Refusal.FORBIDDEN, message, "/at"));
  }

  private static Request request(Envelope envelope) {
    return new Request(new Caller(envelope.key(), true), envelope.json());
  }

  /** What somebody is told who may not do what he wants. */
  static Refusal forbidden() {
    return new Refusal(Refusal.FORBIDDEN, "this sender may not do that", "");
  }
}
