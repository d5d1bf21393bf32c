package dev.weir.bridge;

import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.json.JsonObject;
import java.util.Map;

/**
 * A frame of a client. Every getter refuses a value of the wrong type; fields that the protocol
 * does not know are left alone.
 */
final class Incoming {

  private final JsonObject json;

  Incoming(JsonObject json) {
    this.json = json;
  }

  String type() {
    return json.getValue("type") instanceof String type ? type : "";
  }

  /** Where it goes. */
  String address() {
    String address = text("address");
    if (address == null) {
      throw new Refused(Trouble.MISSING_ADDRESS);
    }
    return address;
  }

  /** Where the client waits for an answer; {@code null} when it does not. */
  String replyAddress() {
    return text("replyAddress");
  }

  /** What a client says when it fails a request; {@code null} when it answers it. */
  Integer failureCode() {
    return typed("failureCode", Integer.class);
  }

  /** Why it fails. */
  String message() {
    return text("message");
  }

  /** Any JSON value. */
  Object body() {
    return json.getValue("body");
  }

  /**
   * The headers, and nothing else: how long the bus waits and how it writes is not for a client to
   * say.
   */
  DeliveryOptions options() {
    DeliveryOptions options = new DeliveryOptions();
    JsonObject headers = typed("headers", JsonObject.class);
    if (headers != null) {
      for (Map.Entry<String, Object> header : headers) {
        if (!(header.getValue() instanceof String text)) {
          throw new Refused(Trouble.INVALID_FIELD);
        }
        options.addHeader(header.getKey(), text);
      }
    }
    return options;
  }

  private String text(String key) {
    return typed(key, String.class);
  }

  private <T> T typed(String key, Class<T> type) {
    Object value = json.getValue(key);
    if (value != null && !type.isInstance(value)) {
      throw new Refused(Trouble.INVALID_FIELD);
    }
    return type.cast(value);
  }
}
