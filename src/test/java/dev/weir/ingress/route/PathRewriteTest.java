package dev.weir.ingress.route;

import static dev.weir.ingress.route.RouteBuilder.route;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The path that the upstream sees. */
class PathRewriteTest {

  @Test
  void neither_keepsThePath() {
    PathRewrite rewrite = PathRewrite.of(route("/a/*").config());
    String path = new String("/a/b");
    assertThat(rewrite).isSameAs(PathRewrite.NONE);
    assertThat(rewrite.apply(path)).isSameAs(path);
  }

  @ParameterizedTest
  @CsvSource({
    "/api/*,       /api,      /api,          /",
    "/api/*,       /api,      /api/,         /",
    "/api/*,       /api,      /api/a,        /a",
    "/api/*,       /api,      /api/a/,       /a/",
    "/api/*,       /api,      /api//a,       //a",
    "/api/*,       /api,      /api/%2F%61,   /%2F%61",
    "/api,         /api,      /api,          /",
    "/api/:id,     /api,      /api/7,        /7",
    "/api/v1/*,    /api,      /api/v1/x,     /v1/x",
    "/api/v1/*,    /api/v1,   /api/v1/x,     /x"
  })
  void stripPrefix_takesItOff(String pattern, String prefix, String path, String expected) {
    PathRewrite rewrite = PathRewrite.of(route(pattern).stripPrefix(prefix).config());
    assertThat(rewrite.apply(path)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/:id/items/*, /v2/:id/*,      /v1/7/items/8/9,    /v2/7/8/9",
    "/v1/:id/items/*, /v2/:id/*,      /v1/7/items/,       /v2/7/",
    "/v1/:id/items/*, /v2/:id/*,      /v1/7/items,        /v2/7",
    "/v1/*,           /fixed,         /v1/x,              /fixed",
    "/v1/*,           /fixed/,        /v1/x,              /fixed/",
    "/v1/*,           /*,             /v1/x/y,            /x/y",
    "/v1/*,           /*,             /v1/,               /",
    "/v1/*,           /*,             /v1,                /",
    "/v1/*,           /v2/*,          /v1//a//,           /v2//a//",
    "/*,              /v2/*,          /,                  /v2/",
    "/*,              /v2/*,          /a/b,               /v2/a/b",
    "/*,              /v2/*,          *,                  *",
    "/:a/:b/:c,       /:c/:b/:a,      /1/2/3,             /3/2/1",
    "/:a/:b/:c,       /:b,            /1/2/3,             /2",
    "/:a/x,           /:a/:a,         /%41/x,             /%41/%41",
    "/:a,             /x//:a/,        /1,                 /x//1/",
    "/a,              /,              /a,                 /",
    "/:a/*,           /p/:a/q/*,      /1/2/3,             /p/1/q/2/3"
  })
  void rewrite_fillsTheTemplate(String pattern, String template, String path, String expected) {
    PathRewrite rewrite = PathRewrite.of(route(pattern).rewrite(template).config());
    assertThat(rewrite.apply(path)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"/a/:id, /b/:other, :other", "/a/:id, /b/*, *"})
  void rewrite_usesWhatIsNotCaptured_isRefused(String pattern, String template, String what) {
    assertThatThrownBy(() -> PathRewrite.of(route(pattern).rewrite(template).config()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("rewrite: " + what + " (expected: what " + pattern + " captures)");
  }
}
