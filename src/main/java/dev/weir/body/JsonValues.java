package dev.weir.body;

import io.vertx.core.json.Json;
import java.util.Arrays;

/** Finds values in JSON that is known to be well-formed. */
final class JsonValues extends ValueReader {

  // What the next byte is inside of.
  private static final int STRUCTURE = 0;
  private static final int STRING = 1;
  private static final int ESCAPE = 2;
  private static final int LITERAL = 3;

  private final Snippet snippet = new Snippet();
  private ValueRules.Step[] steps = new ValueRules.Step[8]; // By depth; null where none is wanted.
  private int[] indexes = new int[8]; // That of the next element; -1 in an object.
  private int depth = -1;
  private int inside = STRUCTURE;
  private boolean isName;
  private ValueRules.Step value; // The step that the next value takes.

  JsonValues(ValueRules rules) {
    super(rules.run());
    value = rules.root();
  }

  @Override
  int feed(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && problem() == null) {
      byte b = bytes[at++];
      switch (inside) {
        case STRING -> string(b);
        case ESCAPE -> {
          snippet.add(b);
          inside = STRING;
        }
        case LITERAL -> {
          if (!literal(b)) {
            structure(b);
          }
        }
        default -> structure(b);
      }
    }
    return problem() == null ? at : at - 1;
  }

  @Override
  void end() {
    if (inside == LITERAL) {
      literal((byte) ' ');
    }
  }

  private void string(byte b) {
    if (b == '"') {
      inside = STRUCTURE;
      stringEnds();
    } else {
      snippet.add(b);
      inside = b == '\\' ? ESCAPE : STRING;
    }
  }

  private void stringEnds() {
    if (isName) {
      isName = false;
      ValueRules.Step step = steps[depth];
      value = step == null ? null : step.next(unescaped());
    } else if (isWanted()) {
      found(value, unescaped());
    }
  }

  private String unescaped() {
    String text = snippet.text();
    boolean escaped = text != null && text.indexOf('\\') >= 0;
    return Snippet.bounded(escaped ? (String) Json.decodeValue('"' + text + '"') : text);
  }

  /** Returns whether the byte belongs to a number, a boolean or null. */
  private boolean literal(byte b) {
    if (b == ',' || b == ']' || b == '}' || b <= ' ') {
      inside = STRUCTURE;
      if (isWanted()) {
        found(value, Snippet.bounded(snippet.text()));
      }
      return false;
    }
    snippet.add(b);
    return true;
  }

  private boolean isWanted() {
    return value != null && value.isWanted();
  }

  private void structure(byte b) {
    switch (b) {
      case '{' -> open(-1);
      case '[' -> open(0);
      case '}', ']' -> depth--;
      case ',' -> next();
      case '"' -> {
        snippet.begin(isName ? steps[depth] != null : isWanted());
        inside = STRING;
      }
      case ':', ' ', '\t', '\r', '\n' -> {}
      default -> {
        snippet.begin(isWanted());
        snippet.add(b);
        inside = LITERAL;
      }
    }
  }

  private void open(int index) {
    if (isWanted()) {
      found(value, null);
    }
    if (++depth == steps.length) {
      steps = Arrays.copyOf(steps, 2 * depth);
      indexes = Arrays.copyOf(indexes, 2 * depth);
    }
    steps[depth] = value != null && value.leadsOn() ? value : null;
    indexes[depth] = index;
    begin();
  }

  private void next() {
    if (indexes[depth] >= 0) {
      indexes[depth]++;
    }
    begin();
  }

  /** A member of an object or an element of an array comes. */
  private void begin() {
    isName = indexes[depth] < 0;
    if (!isName) {
      ValueRules.Step step = steps[depth];
      value = step == null ? null : step.next(Integer.toString(indexes[depth]));
    }
  }
}
