package dev.weir.config;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * Parses JSON as RFC 8259 has it. Unlike {@link JsonObject}, it reports every key that an object
 * has twice; the last one counts.
 */
final class JsonText {
  private static final JsonFactory FACTORY = new JsonFactory();

  private final Reading reading;
  private JsonParser parser;

  /**
   * @param reading is told of duplicate keys
   */
  JsonText(Reading reading) {
    this.reading = reading;
  }

  /** The object that the text holds. Throws when it is malformed, or holds anything else. */
  JsonObject parse(String text) {
    try (JsonParser opened = FACTORY.createParser(text)) {
      parser = opened;
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw malformed("no object", parser.currentTokenLocation());
      }
      JsonObject object = object("");
      if (parser.nextToken() != null) {
        throw malformed("text after the object", parser.currentTokenLocation());
      }
      return object;
    } catch (JsonProcessingException e) {
      throw malformed(e.getOriginalMessage(), e.getLocation());
    } catch (IOException e) {
      throw new UncheckedIOException("A string can always be read", e);
    }
  }

  private Object value(String pointer) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(pointer);
      case START_ARRAY -> array(pointer);
      case VALUE_STRING -> parser.getText();
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getNumberValue();
      case VALUE_TRUE, VALUE_FALSE -> parser.getBooleanValue();
      default -> null;
    };
  }

  private JsonObject object(String pointer) throws IOException {
    JsonObject object = new JsonObject();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      Value place = new Value(key, pointer, reading).child(key, key);
      if (object.containsKey(key)) {
        reading.report(
            place.pointer(),
            "twice, again at " + where(parser.currentTokenLocation()),
            "each key once");
      }
      parser.nextToken();
      object.put(key, value(place.pointer()));
    }
    return object;
  }

  private JsonArray array(String pointer) throws IOException {
    JsonArray array = new JsonArray();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      array.add(value(pointer + "/" + array.size()));
    }
    return array;
  }

  private static ConfigException malformed(String what, JsonLocation at) {
    String first = what.lines().findFirst().orElse("");
    return new ConfigException(
        List.of(new Problem("", where(at) + ": " + first, "well-formed JSON with an object")));
  }

  private static String where(JsonLocation at) {
    return "line " + at.getLineNr() + ", column " + Math.max(1, at.getColumnNr());
  }
}
