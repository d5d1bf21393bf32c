package dev.weir.body;

import java.util.Locale;

/** Finds the header fields of the parts of a multipart body. */
final class PartValues extends ValueReader {

  private final ValueRules.Step parts;

  PartValues(ValueRules rules) {
    super(rules.run());
    parts = rules.root();
  }

  /**
   * The fields of a part have been read.
   *
   * @param block their lines
   */
  void part(String block) {
    String[] lines = block.split("\r\n");
    ValueRules.Step part = step(lines);
    if (part == null) {
      return;
    }
    if (part.isWanted()) {
      found(part, null);
    }
    for (String line : lines) {
      ValueRules.Step field = part.next(name(line));
      if (field != null && field.isWanted()) {
        found(field, Snippet.bounded(value(line)));
      }
    }
  }

  /** What is wanted of the part that has these fields. */
  private ValueRules.Step step(String[] lines) {
    for (String line : lines) {
      if (name(line).equals("content-disposition")) {
        String name = Parameters.find(value(line), "name");
        return name == null ? null : parts.next(name);
      }
    }
    return null;
  }

  private static String name(String line) {
    return line.substring(0, Math.max(0, line.indexOf(':'))).toLowerCase(Locale.ROOT);
  }

  private static String value(String line) {
    return line.substring(line.indexOf(':') + 1).strip();
  }

  @Override
  int feed(byte[] bytes, int from, int to) {
    return to; // The check of the body finds the parts.
  }

  @Override
  void end() {
    // A part is complete before the body is.
  }
}
