package dev.weir.it;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a command is like.
 *
 * @param kind what it does
 * @param example a command that is carried out by a gateway of {@link Verbs#config}
 * @param fields what may be wrong in it, field by field
 */
record Verb(String op, Kind kind, JsonObject example, List<Field> fields) {

  enum Kind {
    /** It only asks. */
    ASKS,
    /** It changes the configuration of all nodes. */
    CONFIGURES,
    /** It changes something of one node. */
    OPERATES,
    /** It makes a node do something, and changes nothing. */
    TRIES
  }

  /**
   * One field.
   *
   * @param bad values that are refused
   */
  record Field(String name, boolean required, List<Object> bad) {}

  boolean changes() {
    return kind == Kind.CONFIGURES || kind == Kind.OPERATES;
  }

  static Verb of(String op, Kind kind, JsonObject example, Field... fields) {
    List<Field> all = new ArrayList<>(List.of(fields));
    Verb verb = new Verb(op, kind, example.put("op", op), all);
    if (verb.changes()) {
      all.add(whole("ifVersion", 1, 1L << 53));
      all.add(new Field("dryRun", false, Arrays.asList("true", 1, null, new JsonObject())));
      all.add(whole("ttlMillis", 1, 30L * 24 * 60 * 60 * 1000 + 1));
    }
    return verb;
  }

  /** A text that has to be the name of something. */
  static Field name(String field) {
    return new Field(field, true, List.of("none", "", 7, true, new JsonArray(), new JsonObject()));
  }

  /** A text that may be absent. */
  static Field text(String field) {
    return new Field(field, false, List.of(7, true, new JsonArray(), new JsonObject()));
  }

  static Field word(String field, boolean required) {
    return new Field(field, required, List.of("bogus", "", 7, new JsonArray(), new JsonObject()));
  }

  /**
   * A whole number.
   *
   * @param tooMuch the least that is too much
   */
  static Field whole(String field, long least, long tooMuch) {
    List<Object> bad = List.of(least - 1, tooMuch, 1.5, "1", true, new JsonArray());
    return new Field(field, false, bad);
  }

  static Field object(String field, boolean required, Object... more) {
    List<Object> bad = new ArrayList<>(List.of(7, "x", true, new JsonArray()));
    bad.addAll(List.of(more));
    return new Field(field, required, bad);
  }

  @Override
  public String toString() {
    return op;
  }
}
