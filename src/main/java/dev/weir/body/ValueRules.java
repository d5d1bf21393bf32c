package dev.weir.body;

import dev.weir.config.ValueConfig;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The values of a body that somebody wants to see; immutable, for all bodies of a route. */
final class ValueRules {

  /** A step on the way to a value that is wanted. */
  static final class Step {
    private final Map<String, Step> next = new HashMap<>();
    private int rule = -1;

    /** The step that a name leads to; null when no wanted value lies there. */
    Step next(String name) {
      return next.get(name);
    }

    /** Whether the value at this place is wanted. */
    boolean isWanted() {
      return rule >= 0;
    }

    /** Whether any lies further down. */
    boolean leadsOn() {
      return !next.isEmpty();
    }
  }

  private record Rule(String at, boolean required, Pattern matches) {}

  private final List<Rule> rules = new ArrayList<>();
  private final Step root = new Step();

  ValueRules(List<ValueConfig> configs) {
    for (ValueConfig config : configs) {
      Step step = root;
      for (String name : config.steps()) {
        step = step.next.computeIfAbsent(name, missing -> new Step());
      }
      step.rule = rules.size();
      Pattern pattern = config.matches() == null ? null : Pattern.compile(config.matches());
      rules.add(new Rule(config.at(), config.required(), pattern));
    }
  }

  boolean isEmpty() {
    return rules.isEmpty();
  }

  Step root() {
    return root;
  }

  /** What has been seen of one body. */
  Run run() {
    return new Run();
  }

  /** Hears the values of one body as they are parsed. */
  final class Run {
    private final boolean[] seen = new boolean[rules.size()];

    /**
     * A value that is wanted.
     *
     * @param text null when it is an object or an array, or too long
     * @return what is wrong with it; null when nothing is
     */
    String found(Step at, String text) {
      Rule rule = rules.get(at.rule);
      seen[at.rule] = true;
      boolean fits = rule.matches == null || text != null && rule.matches.matcher(text).matches();
      return fits ? null : rule.at + " is not what it must be";
    }

    /** What should have been there; null when nothing is missing. */
    String missing() {
      for (int i = 0; i < seen.length; i++) {
        if (!seen[i] && rules.get(i).required) {
          return rules.get(i).at + " is missing";
        }
      }
      return null;
    }
  }
}
