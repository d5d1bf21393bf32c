package dev.weir.ingress.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.MultiMap;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which ids are kept, and what new ones are like. */
class RequestIdsTest {

  private static final String MADE = "[0-9A-Za-z_-]{22}";

  private final RequestIds ids = new RequestIds();

  private static String[] malformed() {
    return new String[] {
      "",
      " ",
      "a b",
      "a,b",
      "a;b",
      "a\"b",
      "{a}",
      "${jndi:x}",
      "<a>",
      "a\tb",
      "a\u00e9",
      "a%b",
      "a".repeat(129)
    };
  }

  private static String[] wellFormed() {
    return new String[] {
      "a",
      "4bf92f35-77b3-4da6-a3ce-929d0e0e4736",
      "Root=1-67891233-abcdef012345678912345678",
      "a.b_c:d+e/f=g@h-i",
      "azAZ09",
      "0",
      "a".repeat(128)
    };
  }

  @ParameterizedTest
  @MethodSource("wellFormed")
  void wellFormedIdIsKept(String id) {
    MultiMap headers = Heads.of("X-Request-ID: " + id);
    assertThat(ids.assign(headers)).isEqualTo(id);
    assertThat(headers.getAll("x-request-id")).containsExactly(id);
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void malformedIdIsReplaced(String id) {
    MultiMap headers = Heads.of("X-Request-ID: " + id);
    String made = ids.assign(headers);
    assertThat(made).matches(MADE);
    assertThat(headers.getAll("x-request-id")).containsExactly(made);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "b", "${x}"})
  void severalIdsAreReplaced(String second) {
    MultiMap headers = Heads.of("X-Request-ID: a", "X-Request-ID: " + second);
    String made = ids.assign(headers);
    assertThat(made).matches(MADE);
    assertThat(headers.getAll("x-request-id")).containsExactly(made);
  }

  @Test
  void missingIdIsMade() {
    MultiMap headers = Heads.of("Host: a");
    String made = ids.assign(headers);
    assertThat(made).matches(MADE);
    assertThat(headers.get("x-request-id")).isEqualTo(made);
  }

  @Test
  void idsDifferWithinALaneAndBetweenLanes() {
    RequestIds other = new RequestIds();
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < 50_000; i++) {
      seen.add(ids.next());
      seen.add(other.next());
    }
    assertThat(seen).hasSize(100_000);
  }

  @Test
  void idsOfALaneHaveTheirBeginningInCommon() {
    String first = ids.next();
    String second = ids.next();
    assertThat(second.substring(0, 11)).isEqualTo(first.substring(0, 11));
    assertThat(second.substring(11)).isNotEqualTo(first.substring(11));
  }
}
