package dev.weir.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What could make two requests of one, or another one than was meant, does not get in. */
class RequestHeadTest {

  private static JsonObject head() {
    return new JsonObject()
        .put("id", "id-1")
        .put("method", "GET")
        .put("target", "/a?b=c")
        .put("fields", JsonArray.of("Host", "a", "X-Two", "1", "X-Two", "2"))
        .put("body", "NONE")
        .put("version", "HTTP_1_1")
        .put("client", "127.0.0.1")
        .put("route", "all")
        .put("upstream", "main")
        .put("hostFromEndpoint", false)
        .put("bodyTimeoutNanos", 1L)
        .put("minBytesPerSecond", 0)
        .put("rateWindowNanos", 0);
  }

  private static void assertRefused(JsonObject head) {
    assertThatThrownBy(
            () -> {
              RequestHead read = RequestHead.of(head);
              Fields.of(read.fields());
            })
        .isInstanceOf(FrameException.class);
  }

  @Test
  void goodOne_isRead() {
    RequestHead head = RequestHead.of(head());
    assertThat(head.target()).isEqualTo("/a?b=c");
    assertThat(Fields.of(head.fields()).getAll("x-two")).containsExactly("1", "2");
    assertThat(RequestHead.of(head().put("target", "*")).target()).isEqualTo("*");
  }

  @Test
  void everyKeyButTheClient_mustBeThere() {
    for (String key : head().fieldNames()) {
      JsonObject without = head();
      without.remove(key);
      if (!key.equals("client")) {
        assertRefused(without);
      }
    }
    assertRefused(head().put("unheardOf", 1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "http://a/", "/a b", "/a\r\nX: y", "/a\n", "/\u0000", "/ä"})
  void targetThatCouldBeReadInTwoWays_isRefused(String target) {
    assertRefused(head().put("target", target));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "G T", "GET\r\n", "GET /"})
  void methodThatIsNone_isRefused(String method) {
    assertRefused(head().put("method", method));
  }

  @Test
  void fieldThatIsNone_isRefused() {
    List<JsonArray> bad =
        List.of(
            JsonArray.of("X"),
            JsonArray.of("X: y", "z"),
            JsonArray.of("", "z"),
            JsonArray.of("X\r\nY", "z"),
            JsonArray.of("X", "y\r\nZ: a"),
            JsonArray.of("X", "y\nZ"),
            JsonArray.of("X", 1));
    bad.forEach(fields -> assertRefused(head().put("fields", fields)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"body", "version"})
  void wordThatIsNone_isRefused(String key) {
    assertRefused(head().put(key, "OTHER"));
  }
}
