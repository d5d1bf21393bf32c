package dev.weir.bridge;

import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** What one client does on the bus. Only for the event loop of its connection. */
final class Session {

  /** How many requests of one client may wait for their answers. */
  static final int MAX_REQUESTS = 256;

  /** At how many addresses one client may listen. */
  static final int MAX_REGISTRATIONS = 256;

  private final EventBus bus;
  private final AllowList allowed;
  private final Consumer<JsonObject> client;
  private final Map<String, MessageConsumer<Object>> registrations = new HashMap<>();
  private final OpenQuestions questions = new OpenQuestions();
  private int requests;

  /**
   * @param client takes the frames for the client
   */
  Session(EventBus bus, AllowList allowed, Consumer<JsonObject> client) {
    this.bus = bus;
    this.allowed = allowed;
    this.client = client;
  }

  /**
   * Carries out a frame.
   *
   * @throws Refused when it is not to be
   */
  void handle(Incoming frame) {
    switch (frame.type()) {
      case "ping" -> client.accept(Frames.pong());
      case "send" -> send(frame);
      case "publish" -> publish(frame);
      case "register" -> register(frame.address());
      case "unregister" -> unregister(frame.address());
      default -> throw new Refused(Trouble.UNKNOWN_TYPE);
    }
  }

  private void send(Incoming frame) {
    String address = frame.address();
    Message<?> question = questions.take(address);
    if (question != null) {
      answer(question, frame);
      return;
    }
    admit(address, frame);
    if (frame.replyAddress() == null) {
      bus.send(address, frame.body(), frame.options());
    } else {
      request(address, frame.replyAddress(), frame);
    }
  }

  private static void answer(Message<?> question, Incoming frame) {
    if (frame.failureCode() == null) {
      question.reply(frame.body(), frame.options());
    } else {
      question.fail(frame.failureCode(), frame.message());
    }
  }

  private void request(String address, String replyAddress, Incoming frame) {
    if (requests >= MAX_REQUESTS) {
      throw new Refused(Trouble.TOO_MANY);
    }
    requests++;
    bus.<Object>request(address, frame.body(), frame.options())
        .onComplete(
            answer -> {
              requests--;
              deliver(replyAddress, answer);
            },
            failure -> {
              requests--;
              client.accept(Frames.failure(address, replyAddress, failure));
            });
  }

  private void publish(Incoming frame) {
    String address = frame.address();
    admit(address, frame);
    bus.publish(address, frame.body(), frame.options());
  }

  private void admit(String address, Incoming frame) {
    if (!allowed.admits(address, frame.body())) {
      throw new Refused(Trouble.ACCESS_DENIED);
    }
  }

  private void register(String address) {
    if (!allowed.opens(address)) {
      throw new Refused(Trouble.ACCESS_DENIED);
    }
    if (registrations.size() >= MAX_REGISTRATIONS) {
      throw new Refused(Trouble.TOO_MANY);
    }
    registrations.computeIfAbsent(
        address, missing -> bus.consumer(missing, message -> deliver(message.address(), message)));
  }

  private void unregister(String address) {
    MessageConsumer<Object> registration = registrations.remove(address);
    if (registration == null) {
      throw new Refused(Trouble.UNKNOWN_ADDRESS);
    }
    registration.unregister();
  }

  private void deliver(String address, Message<?> message) {
    questions.add(message);
    client.accept(Frames.message(address, message));
  }

  /** Takes back every registration; the client has gone. */
  void close() {
    registrations.values().forEach(MessageConsumer::unregister);
    registrations.clear();
  }
}
