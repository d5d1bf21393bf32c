package dev.weir.ingress.filter;

import dev.weir.config.HeaderRules;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.Locale;

/** Sets, adds and removes fields as a route asks: first removes, then sets, then adds. */
public final class HeaderEdits {

  private record Edit(CharSequence name, CharSequence value) {}

  // Shared, so that among many routes it is likely to be in a cache.
  private static final HeaderEdits NONE = new HeaderEdits(HeaderRules.NONE);

  private final CharSequence[] removals;
  private final Edit[] settings;
  private final Edit[] additions;

  private HeaderEdits(HeaderRules rules) {
    removals = rules.remove().stream().map(HeaderEdits::name).toArray(CharSequence[]::new);
    settings =
        rules.set().entrySet().stream()
            .map(
                rule -> new Edit(name(rule.getKey()), HttpHeaders.createOptimized(rule.getValue())))
            .toArray(Edit[]::new);
    additions =
        rules.add().entrySet().stream()
            .flatMap(
                rule -> rule.getValue().stream().map(value -> new Edit(name(rule.getKey()), value)))
            .toArray(Edit[]::new);
  }

  /** What rules say. */
  public static HeaderEdits of(HeaderRules rules) {
    return rules.isEmpty() ? NONE : new HeaderEdits(rules);
  }

  private static CharSequence name(String name) {
    return HttpHeaders.createOptimized(name.toLowerCase(Locale.ROOT));
  }

  public void apply(MultiMap headers) {
    for (CharSequence name : removals) {
      headers.remove(name);
    }
    for (Edit edit : settings) {
      headers.set(edit.name, edit.value);
    }
    for (Edit edit : additions) {
      headers.add(edit.name, edit.value);
    }
  }
}
