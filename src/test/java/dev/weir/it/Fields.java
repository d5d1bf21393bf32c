package dev.weir.it;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The field lines of a message, in the order and letter case in which they came.
 *
 * @param lines each line as a name and a value without surrounding white space
 */
record Fields(List<Line> lines) {
  /** One field line. */
  record Line(String name, String value) {}

  static final Fields NONE = new Fields(List.of());

  Fields {
    lines = List.copyOf(lines);
  }

  /** The value of every line named {@code name}, whatever its letter case. */
  List<String> all(String name) {
    return lines.stream().filter(l -> l.name.equalsIgnoreCase(name)).map(Line::value).toList();
  }

  /** The first value, or {@code null}. */
  String first(String name) {
    List<String> all = all(name);
    return all.isEmpty() ? null : all.get(0);
  }

  boolean has(String name) {
    return !all(name).isEmpty();
  }

  /** The only value, or {@code null} when absent; fails when the field stands there twice. */
  String single(String name) throws WireException {
    List<String> all = all(name);
    if (all.size() > 1) {
      throw new WireException("more than one " + name + ": " + all);
    }
    return all.isEmpty() ? null : all.get(0);
  }

  /** The comma separated elements of all lines named {@code name}, in lower case. */
  List<String> elements(String name) {
    List<String> out = new ArrayList<>();
    for (String value : all(name)) {
      for (String element : value.split(",")) {
        out.add(element.trim().toLowerCase(Locale.ROOT));
      }
    }
    return out;
  }
}
