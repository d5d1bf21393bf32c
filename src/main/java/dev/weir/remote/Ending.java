package dev.weir.remote;

import dev.weir.config.ConfigException;
import dev.weir.config.ObjectReader;
import dev.weir.config.Shape;
import dev.weir.config.Shapes;
import dev.weir.exchange.Exchange;
import dev.weir.exchange.Flag;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.Stream;

/**
 * What an exchange has come to on the node that serves it.
 *
 * @param flag why it did not go as it should; {@code null} when it did
 * @param detail a word that says more than the flag; {@code null} for none
 * @param endpoint the id of the endpoint of the last attempt; {@code null} when there was none
 * @param attempts how many attempts were made
 * @param connectNanos how long the last one waited for a connection; -1 when it got none
 * @param trailers the fields behind the body, names and values in turn
 */
record Ending(
    String flag,
    String detail,
    String endpoint,
    int attempts,
    long connectNanos,
    List<String> trailers) {

  static final Shape<String> FLAG = Shape.word(Stream.of(Flag.values()).map(Enum::name).toList());
  private static final Shape<Integer> ATTEMPTS = Shape.integer(0, 1000);

  static JsonObject of(Exchange exchange, JsonArray trailers) {
    return new JsonObject()
        .put("flag", exchange.flag() == null ? null : exchange.flag().name())
        .put("detail", exchange.detail())
        .put("endpoint", exchange.endpoint() == null ? null : exchange.endpoint().id())
        .put("attempts", exchange.attempts())
        .put("connectNanos", exchange.timing().connectNanos())
        .put("trailers", trailers);
  }

  /** One that says no more than why. */
  static JsonObject of(Flag why) {
    return new JsonObject()
        .put("flag", why.name())
        .put("attempts", 0)
        .put("connectNanos", -1)
        .put("trailers", new JsonArray());
  }

  /**
   * Reads one.
   *
   * @throws FrameException when it is none
   */
  static Ending of(JsonObject json) {
    try {
      return ObjectReader.parse(json, Ending::read);
    } catch (ConfigException e) {
      throw new FrameException(e.getMessage());
    }
  }

  static Ending read(ObjectReader r) {
    return new Ending(
        r.optional("flag", null, FLAG),
        r.optional("detail", null, Shape.text()),
        r.optional("endpoint", null, Shape.text()),
        r.required("attempts", ATTEMPTS),
        r.required("connectNanos", Shape.whole(-1, Long.MAX_VALUE)),
        r.required("trailers", Shapes.list(Shape.text())));
  }

  /** The flag, or another one when there is none. */
  Flag flagOr(Flag otherwise) {
    return flag == null ? otherwise : Flag.valueOf(flag);
  }
}
