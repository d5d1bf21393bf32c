package dev.weir.body;

/**
 * A body that must be JSON (RFC 8259): one value in UTF-8, without a byte order mark, and nothing
 * but white space around it.
 *
 * <p>Escapes of half a surrogate pair and names that are there twice are well-formed: RFC 8259 only
 * warns of them.
 */
final class JsonCheck extends BodyCheck {

  // What the next byte may be inside of.
  private static final int NOTHING = 0;
  private static final int STRING = 1;
  private static final int NUMBER = 2;
  private static final int LITERAL = 3;

  private final JsonNesting nesting;
  private final JsonString string;
  private int place = JsonGrammar.VALUE; // Behind the token that is cut, if one is.
  private int inside = NOTHING;
  private int number; // The state of the number that is cut.
  private String literal; // The one that is cut,
  private int matched; // and how much of it has been seen.

  /**
   * @param maxDepth how deep objects and arrays may be nested
   * @param maxStringBytes how long a string or name may be; 0 for no bound
   */
  JsonCheck(int maxDepth, long maxStringBytes) {
    this.nesting = new JsonNesting(maxDepth);
    this.string = new JsonString(maxStringBytes);
  }

  @Override
  int feed(byte[] bytes, int from, int to) {
    int at = inside == NOTHING ? from : resume(bytes, from, to);
    return problem() == null && at < to ? tokens(bytes, at, to) : at;
  }

  /** Reads on inside the token that the last piece has cut. */
  private int resume(byte[] bytes, int from, int to) {
    return switch (inside) {
      case STRING -> string(bytes, from, to);
      case NUMBER -> number(bytes, from, to, number);
      default -> literal(bytes, from, to);
    };
  }

  private int tokens(byte[] bytes, int from, int to) {
    int now = place; // A local variable is much faster here than a field.
    int at = from;
    while (at < to) {
      int kind = JsonGrammar.kind(bytes[at]);
      int next = JsonGrammar.after(now, kind);
      if (next == JsonGrammar.NOWHERE) {
        return fail(at, JsonGrammar.expected(now));
      }
      switch (kind) {
        case JsonGrammar.STRING -> at = wholeString(bytes, at + 1, to);
        case JsonGrammar.NUMBER -> at = number(bytes, at, to, JsonNumber.START);
        case JsonGrammar.LITERAL -> at = beginLiteral(bytes, at, to);
        case JsonGrammar.OPEN_ARRAY, JsonGrammar.OPEN_OBJECT -> at = open(kind, at);
        case JsonGrammar.CLOSE_ARRAY, JsonGrammar.CLOSE_OBJECT -> {
          next = close();
          at++;
        }
        default -> at++;
      }
      if (problem() != null) {
        return at;
      }
      now = next;
    }
    place = now;
    return at;
  }

  private int open(int kind, int at) {
    boolean fits = nesting.push(kind == JsonGrammar.OPEN_OBJECT);
    return fits ? at + 1 : fail(at, "it is nested too deeply");
  }

  private int close() {
    nesting.pop();
    if (nesting.depth() == 0) {
      return JsonGrammar.END;
    }
    return nesting.inObject() ? JsonGrammar.OBJECT_NEXT : JsonGrammar.ARRAY_NEXT;
  }

  /** Most strings are short, plain and not cut. */
  private int wholeString(byte[] bytes, int from, int to) {
    int end = JsonString.skipPlain(bytes, from, to);
    if (end < to && bytes[end] == '"' && string.mayHave(end - from)) {
      return end + 1;
    }
    string.open();
    return string(bytes, from, to);
  }

  private int string(byte[] bytes, int from, int to) {
    int at = string.scan(bytes, from, to);
    inside = string.isClosed() ? NOTHING : STRING;
    return string.problem() == null ? at : fail(at, string.problem());
  }

  private int beginLiteral(byte[] bytes, int at, int to) {
    byte b = bytes[at];
    literal = b == 't' ? "true" : b == 'f' ? "false" : "null";
    matched = 1;
    return literal(bytes, at + 1, to);
  }

  private int literal(byte[] bytes, int from, int to) {
    int at = from;
    int length = literal.length();
    while (at < to && matched < length) {
      if (bytes[at] != literal.charAt(matched)) {
        return fail(at, literal + " is expected");
      }
      at++;
      matched++;
    }
    inside = matched == length ? NOTHING : LITERAL;
    return at;
  }

  private int number(byte[] bytes, int from, int to, int begun) {
    int state = begun;
    for (int at = from; at < to; at++) {
      int next = JsonNumber.next(state, bytes[at]);
      if (next == JsonNumber.END) {
        inside = NOTHING;
        return JsonNumber.isWhole(state) ? at : fail(at, "a digit is expected");
      }
      state = next;
    }
    inside = NUMBER;
    number = state;
    return to;
  }

  @Override
  String missing() {
    return switch (inside) {
      case STRING -> "it ends within a string";
      case LITERAL -> "it ends within " + literal;
      case NUMBER -> isLastNumber() ? null : "it ends within a value";
      default -> isEnd() ? null : "it ends where " + JsonGrammar.expected(place);
    };
  }

  private boolean isLastNumber() {
    return JsonNumber.isWhole(number) && isEnd();
  }

  private boolean isEnd() {
    return place == JsonGrammar.END;
  }
}
