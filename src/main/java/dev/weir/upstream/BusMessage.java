package dev.weir.upstream;

import dev.weir.body.ContentKind;
import dev.weir.exchange.Exchange;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Makes a message of a request. The fields of the client bear a prefix: a header of a message may
 * mean something to whoever gets it, like {@code action} to a service proxy.
 */
final class BusMessage {
  /** Before the name of each field of HTTP. */
  static final String FIELD = "http-";

  /** They describe the connection, which ends here. */
  private static final Set<String> FRAMING =
      Set.of("content-length", "transfer-encoding", "expect", "te", "connection", "trailer");

  private BusMessage() {}

  /**
   * The body: a {@link JsonObject} or {@link JsonArray} where it is one by its content type, else a
   * {@link Buffer}; {@code null} when there is none.
   *
   * @throws io.vertx.core.json.DecodeException when it is not what it says
   */
  static Object body(Exchange exchange) {
    Buffer whole = exchange.whole();
    boolean json =
        ContentKind.of(exchange.headers().get(HttpHeaders.CONTENT_TYPE)) == ContentKind.JSON
            && !exchange.headers().contains(HttpHeaders.CONTENT_ENCODING);
    if (whole == null || !json || whole.length() == 0) {
      return whole;
    }
    Object value = Json.decodeValue(whole);
    return value instanceof JsonObject || value instanceof JsonArray ? value : whole;
  }

  /**
   * The headers.
   *
   * @param timeoutMillis how long the reply may take, at least 1
   */
  static DeliveryOptions options(Exchange exchange, long timeoutMillis) {
    DeliveryOptions options = new DeliveryOptions().setSendTimeout(timeoutMillis);
    String target = exchange.target();
    int query = target.indexOf('?');
    options.addHeader("method", exchange.method().name());
    options.addHeader("path", query < 0 ? target : target.substring(0, query));
    if (query >= 0) {
      options.addHeader("query", target.substring(query + 1));
    }
    options.addHeader("id", exchange.id());
    options.addHeader("client", exchange.clientAddress());
    options.addHeader("route", exchange.route());
    for (Map.Entry<String, String> field : exchange.headers()) {
      String name = field.getKey().toLowerCase(Locale.ROOT);
      if (!FRAMING.contains(name)) {
        options.addHeader(FIELD + name, field.getValue());
      }
    }
    return options;
  }
}
