package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What crosses of a head, in which shape, and what does not. */
class HeadersIT extends ScaledSuite implements AlsoRemote {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/a?x=%41&y=a+b&&z=~'()*!$,;:@/?",
        "/a%2Cb%20c/d;p=1?",
        "/%E2%82%AC?q=%zz&=",
        "/?",
        "/a//b///c"
      })
  void targetStaysByteForByte(String target) throws Exception {
    ScriptedUpstream upstream = upstream((request, c) -> c.reply(200, ""));
    gateway(upstream);
    assertThat(client().get(target).status()).isEqualTo(200);
    assertThat(upstream.take().target()).isEqualTo(target);
  }

  @Test
  void requestFieldsKeepCaseOrderAndRepetition() throws Exception {
    ScriptedUpstream upstream = upstream((request, c) -> c.reply(200, ""));
    gateway(upstream);
    client().get("/", "X-MiXeD: a", "x-plain: \u00e9t\u00e9", "X-Twice: 1", "X-Twice: 2");
    Fields headers = upstream.take().headers();
    assertThat(headers.lines()).contains(new Fields.Line("X-MiXeD", "a"));
    assertThat(headers.first("x-plain")).isEqualTo("\u00e9t\u00e9");
    assertThat(headers.all("x-twice")).containsExactly("1", "2");
  }

  @Test
  void responseFieldsKeepCaseOrderAndRepetition() throws Exception {
    gateway(
        upstream(
            (request, c) ->
                c.reply(
                    203,
                    "",
                    "Set-Cookie: a=1; Expires=Thu, 01 Jan 1970 00:00:00 GMT",
                    "Set-Cookie: b=2",
                    "X-MiXeD: \u00e9",
                    "Server: own",
                    "Date: Thu, 01 Jan 1970 00:00:00 GMT")));
    RawResponse response = client().get("/");
    assertThat(response.status()).isEqualTo(203);
    assertThat(response.reason()).isEqualTo("Scripted");
    assertThat(response.headers().all("set-cookie"))
        .containsExactly("a=1; Expires=Thu, 01 Jan 1970 00:00:00 GMT", "b=2");
    assertThat(response.headers().lines()).contains(new Fields.Line("X-MiXeD", "\u00e9"));
    assertThat(response.headers().all("server")).containsExactly("own");
    assertThat(response.headers().all("date")).containsExactly("Thu, 01 Jan 1970 00:00:00 GMT");
  }

  @Test
  void hopByHopFieldsOfTheRequestDoNotCross() throws Exception {
    ScriptedUpstream upstream = upstream((request, c) -> c.reply(200, ""));
    gateway(upstream);
    client()
        .get(
            "/",
            "Connection: keep-alive, X-Mine",
            "connection: x-OTHER",
            "X-Mine: 1",
            "X-Other: 2",
            "Keep-Alive: timeout=5",
            "Proxy-Connection: keep-alive",
            "TE: gzip",
            "Upgrade: h2c",
            "X-Stays: 3");
    Fields headers = upstream.take().headers();
    for (String gone : List.of("x-mine", "x-other", "keep-alive", "proxy-connection", "upgrade")) {
      assertThat(headers.has(gone)).as(gone).isFalse();
    }
    assertThat(headers.elements("te")).doesNotContain("gzip");
    assertThat(headers.elements("connection")).doesNotContain("x-mine", "x-other");
    assertThat(headers.first("x-stays")).isEqualTo("3");
  }

  @Test
  void hopByHopFieldsOfTheResponseDoNotCross() throws Exception {
    gateway(
        upstream(
            (request, c) ->
                c.reply(
                    200,
                    "",
                    "Connection: X-Mine, keep-alive",
                    "X-Mine: 1",
                    "Keep-Alive: timeout=5",
                    "Proxy-Connection: keep-alive",
                    "X-Stays: 2")));
    Fields headers = client().get("/").headers();
    for (String gone : List.of("x-mine", "keep-alive", "proxy-connection")) {
      assertThat(headers.has(gone)).as(gone).isFalse();
    }
    assertThat(headers.elements("connection")).doesNotContain("x-mine");
    assertThat(headers.first("x-stays")).isEqualTo("2");
  }

  @Test
  void largeFieldsAndManyFieldsCross() throws Exception {
    String large = "v".repeat(8_000);
    ScriptedUpstream upstream =
        upstream((request, c) -> c.reply(200, "", "X-Large: " + request.header("x-large")));
    gateway(upstream);
    List<String> fields = new ArrayList<>(List.of("X-Large: " + large));
    for (int i = 0; i < 80; i++) {
      fields.add("X-Field-" + i + ": " + i);
    }
    RawResponse response = client().get("/", fields.toArray(String[]::new));
    assertThat(response.header("x-large")).isEqualTo(large);
    RawRequest request = upstream.take();
    for (int i = 0; i < 80; i++) {
      assertThat(request.header("x-field-" + i)).isEqualTo(String.valueOf(i));
    }
  }

  @Test
  void cookieAndAuthorizationCross() throws Exception {
    ScriptedUpstream upstream = upstream((request, c) -> c.reply(200, ""));
    gateway(upstream);
    client().get("/", "Cookie: a=1; b=2", "Authorization: Basic eDp5", "Origin: http://o");
    Fields headers = upstream.take().headers();
    assertThat(headers.all("cookie")).containsExactly("a=1; b=2");
    assertThat(headers.all("authorization")).containsExactly("Basic eDp5");
    assertThat(headers.all("origin")).containsExactly("http://o");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.0", "1.1"})
  void viaOfTheResponseSaysInWhichVersionItCame(String version) throws Exception {
    gateway(
        upstream(
            (request, c) -> {
              c.head("HTTP/" + version + " 200 OK", "Content-Length: 0", "Connection: close");
              c.close();
            }));
    assertThat(client().get("/").headers().all("via")).containsExactly(version + " weir");
  }

  @Test
  void wishForTrailersIsMadeForTheNextConnection() throws Exception {
    ScriptedUpstream upstream = upstream((request, c) -> c.reply(200, ""));
    gateway(upstream);
    client().get("/", "TE: trailers, deflate", "Connection: TE");
    client().get("/", "TE: deflate, trailers");
    client().get("/");
    for (int i = 0; i < 3; i++) {
      Fields headers = upstream.take().headers();
      assertThat(headers.has("te")).isEqualTo(headers.elements("connection").contains("te"));
      assertThat(headers.elements("te")).doesNotContain("deflate");
    }
  }
}
