package dev.weir.control;

import dev.weir.announce.Denial;
import dev.weir.announce.Register;
import dev.weir.announce.Signatures;
import dev.weir.bus.Addresses;
import dev.weir.config.Announcement;
import dev.weir.config.ConfigException;
import dev.weir.config.ObjectReader;
import dev.weir.config.Problem;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.internal.logging.Logger;
import io.vertx.core.internal.logging.LoggerFactory;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.function.Supplier;

/**
 * Takes what services announce at {@link Addresses#ANNOUNCE}, whichever member of the cluster they
 * are on. What was sent without waiting for an answer gets none.
 */
final class Announcements {
  private static final Logger LOG = LoggerFactory.getLogger(Announcements.class);

  private final Vertx vertx;
  private final Signatures signatures;
  private final Register register;
  private MessageConsumer<Object> consumer;

  /**
   * @param signatures knows who has signed what
   */
  Announcements(Vertx vertx, Signatures signatures, Register register) {
    this.vertx = vertx;
    this.signatures = signatures;
    this.register = register;
  }

  Future<Void> start() {
    return register
        .start()
        .compose(
            started -> {
              consumer = vertx.eventBus().consumer(Addresses.ANNOUNCE, this::heard);
              return consumer.completion();
            });
  }

  Future<Void> stop() {
    Future<Void> deaf = consumer == null ? Future.succeededFuture() : consumer.unregister();
    return deaf.eventually(register::stop);
  }

  private void heard(Message<Object> message) {
    Future<JsonObject> answer =
        Future.<Void>succeededFuture()
            .compose(begin -> take(message.body()))
            .otherwise(failure -> refusal(failure).toJson());
    if (message.replyAddress() != null) {
      answer.onSuccess(message::reply);
    }
  }

  private Future<JsonObject> take(Object body) {
    boolean signed = body instanceof JsonObject json && Envelope.isMeant(json);
    return signed
        ? register.accept(read(() -> signatures.open((JsonObject) body)))
        : register.accept(read(() -> parse(body)));
  }

  private <T> T read(Supplier<T> parse) {
    try {
      return parse.get();
    } catch (ConfigException | Refusal e) {
      register.malformed();
      throw e;
    }
  }

  private static Announcement parse(Object body) {
    if (body instanceof JsonObject json) {
      return ObjectReader.parse(json, Announcement::read);
    }
    String type = body == null ? "null" : body.getClass().getSimpleName();
    throw new ConfigException(List.of(new Problem("", type, "a JSON object")));
  }

  private static Refusal refusal(Throwable failure) {
    if (failure instanceof ConfigException e) {
      return Refusal.of(e.problems());
    }
    if (failure instanceof Refusal refusal) {
      return refusal;
    }
    if (failure instanceof Denial denial) {
      return Refusal.of(denial);
    }
    LOG.error("An announcement failed", failure);
    return new Refusal(Refusal.INTERNAL, "see the log of the gateway", "");
  }
}
