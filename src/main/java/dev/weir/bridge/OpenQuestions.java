package dev.weir.bridge;

import io.vertx.core.eventbus.Message;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The messages that a client may answer, by the addresses of their answers. The bus does not say
 * when nobody waits any more, so that of too many the oldest is forgotten.
 */
final class OpenQuestions {

  /** How many may be open. */
  static final int MAX = 1024;

  private final Map<String, Message<?>> open =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Message<?>> eldest) {
          return size() > MAX;
        }
      };

  /** Notes a message, if it wants an answer. */
  void add(Message<?> message) {
    if (message.replyAddress() != null) {
      open.put(message.replyAddress(), message);
    }
  }

  /** The message whose answer goes to this address, once; {@code null} when there is none. */
  Message<?> take(String address) {
    return open.remove(address);
  }
}
