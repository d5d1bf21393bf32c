package dev.weir.bridge;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonObject;

/** What the gateway writes to clients of the bridge. */
final class Frames {

  private Frames() {}

  /** The answer to a ping. */
  static JsonObject pong() {
    return new JsonObject().put("type", "pong");
  }

  /**
   * A message for the client.
   *
   * @param address where it was sent to; for an answer, what the client gave as its reply address
   */
  static JsonObject message(String address, Message<?> message) {
    JsonObject frame = new JsonObject().put("type", "message").put("address", address);
    if (message.replyAddress() != null) {
      frame.put("replyAddress", message.replyAddress());
    }
    return frame
        .put("headers", headers(message.headers()))
        .put("send", message.isSend())
        .put("body", message.body());
  }

  private static JsonObject headers(MultiMap headers) {
    JsonObject json = new JsonObject();
    headers.forEach(header -> json.put(header.getKey(), header.getValue()));
    return json;
  }

  /** A request that nobody has answered as it should be. */
  static JsonObject failure(String address, String replyAddress, Throwable failure) {
    JsonObject frame =
        new JsonObject()
            .put("type", "err")
            .put("address", replyAddress)
            .put("sourceAddress", address)
            .put("message", failure.getMessage());
    if (failure instanceof ReplyException reply) {
      frame.put("failureCode", reply.failureCode()).put("failureType", reply.failureType().name());
    }
    return frame;
  }

  /**
   * A frame that was not carried out.
   *
   * @param replyAddress where the client waits for an answer to it; may be null
   */
  static JsonObject refusal(Trouble trouble, String replyAddress) {
    JsonObject frame = new JsonObject().put("type", "err").put("message", trouble.word());
    return replyAddress == null ? frame : frame.put("address", replyAddress);
  }

  /** The bytes of a frame. */
  static Buffer encode(JsonObject frame) {
    Buffer json = frame.toBuffer();
    return Buffer.buffer(Integer.BYTES + json.length()).appendInt(json.length()).appendBuffer(json);
  }
}
