package dev.weir.ingress.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.config.HeaderRules;
import io.vertx.core.MultiMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How a route changes fields. */
class HeaderEditsTest {

  private static List<String> edit(HeaderRules rules, String... lines) {
    MultiMap headers = Heads.of(lines);
    HeaderEdits.of(rules).apply(headers);
    return Heads.lines(headers);
  }

  private static HeaderRules set(String name, String value) {
    return new HeaderRules(Map.of(name, value), Map.of(), List.of());
  }

  @Test
  void nothingChangesWithoutRules() {
    assertThat(edit(HeaderRules.NONE, "A: 1", "A: 2")).containsExactly("a: 1", "a: 2");
  }

  @Test
  void setLeavesOneValue() {
    assertThat(edit(set("X-A", "new"), "x-a: 1", "B: 2", "X-A: 3"))
        .containsExactly("b: 2", "x-a: new");
    assertThat(edit(set("X-A", "new"))).containsExactly("x-a: new");
    assertThat(edit(set("X-A", ""), "X-A: 1")).containsExactly("x-a: ");
    assertThat(edit(set("X-A", "caf\u00e9"))).containsExactly("x-a: caf\u00e9");
  }

  @Test
  void addKeepsWhatIsThere() {
    HeaderRules rules = new HeaderRules(Map.of(), Map.of("X-A", List.of("2", "3")), List.of());
    assertThat(edit(rules, "x-a: 1")).containsExactly("x-a: 1", "x-a: 2", "x-a: 3");
    assertThat(edit(rules)).containsExactly("x-a: 2", "x-a: 3");
  }

  @Test
  void removeTakesEveryLine() {
    HeaderRules rules = new HeaderRules(Map.of(), Map.of(), List.of("X-A", "X-Missing"));
    assertThat(edit(rules, "x-a: 1", "B: 2", "X-A: 3")).containsExactly("b: 2");
  }

  @Test
  void removeComesBeforeSetAndSetBeforeAdd() {
    Map<String, List<String>> added = new LinkedHashMap<>();
    added.put("A", List.of("added"));
    HeaderRules rules = new HeaderRules(Map.of("A", "set"), added, List.of("A"));
    assertThat(edit(rules, "A: sent")).containsExactly("a: set", "a: added");
  }

  @Test
  void editsMayBeAppliedAgain() {
    HeaderEdits edits = HeaderEdits.of(set("X-A", "1"));
    for (int i = 0; i < 2; i++) {
      MultiMap headers = Heads.of();
      edits.apply(headers);
      assertThat(Heads.lines(headers)).containsExactly("x-a: 1");
    }
  }
}
