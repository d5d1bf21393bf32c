package dev.weir.remote;

import dev.weir.config.ConfigException;
import dev.weir.config.ObjectReader;
import dev.weir.config.Shape;
import dev.weir.config.Shapes;
import io.netty.handler.codec.http.HttpHeaderValidationUtil;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;

/** Header fields in JSON: an array of names and values in turn, in their order. */
final class Fields {

  private static final String TRAILERS = "trailers";

  private Fields() {}

  static JsonArray toJson(MultiMap fields) {
    JsonArray json = new JsonArray();
    for (Map.Entry<String, String> field : fields) {
      json.add(field.getKey()).add(field.getValue());
    }
    return json;
  }

  /**
   * Reads them.
   *
   * @throws FrameException when one could not stand in a message of HTTP
   */
  static MultiMap of(List<String> json) {
    if (json.size() % 2 != 0) {
      throw new FrameException("a field without a value");
    }
    MultiMap fields = HttpHeaders.headers();
    for (int i = 0; i < json.size(); i += 2) {
      String name = json.get(i);
      String value = json.get(i + 1);
      boolean valid =
          isToken(name) && HttpHeaderValidationUtil.validateValidHeaderValue(value) == -1;
      if (!valid) {
        throw new FrameException("a field that HTTP does not allow");
      }
      fields.add(name, value);
    }
    return fields;
  }

  /** Fields that go behind a body, in JSON; {@code null} for none. */
  static JsonObject trailers(MultiMap fields) {
    return fields == null ? null : new JsonObject().put(TRAILERS, toJson(fields));
  }

  /**
   * Reads them.
   *
   * @return {@code null} for none
   * @throws FrameException when they can't be such
   */
  static MultiMap trailers(JsonObject json) {
    if (json == null) {
      return null;
    }
    try {
      return of(ObjectReader.parse(json, r -> r.required(TRAILERS, Shapes.list(Shape.text()))));
    } catch (ConfigException e) {
      throw new FrameException(e.getMessage());
    }
  }

  /** Whether a text may be the name of a field or a method (RFC 9110 section 5.6.2). */
  static boolean isToken(String text) {
    return !text.isEmpty() && HttpHeaderValidationUtil.validateToken(text) == -1;
  }
}
