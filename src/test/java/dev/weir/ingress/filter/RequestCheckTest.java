package dev.weir.ingress.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.exchange.Exchange.BodyKind;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.impl.headers.HeadersAdaptor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What the check of a head refuses, and what it finds out. */
class RequestCheckTest {

  private final RequestCheck check = new RequestCheck(5);

  private int get(String target, String... fields) {
    return check(HttpMethod.GET, HttpVersion.HTTP_1_1, target, fields);
  }

  private int check(HttpMethod method, HttpVersion version, String target, String... fields) {
    return status(check.check(method, version, target, Heads.of(fields)));
  }

  private static int status(Verdict verdict) {
    return verdict == null ? 200 : verdict.status();
  }

  @Test
  void plainRequestPasses() {
    assertThat(get("/a?b", "Host: a.test:80", "Accept: */*")).isEqualTo(200);
    assertThat(check.target()).isEqualTo("/a?b");
    assertThat(check.host()).isEqualTo("a.test:80");
    assertThat(check.body()).isEqualTo(BodyKind.NONE);
    assertThat(check.length()).isEqualTo(-1);
    assertThat(check.claims()).isEqualTo(Claims.NONE);
  }

  @Test
  void nothingOfOneRequestIsLeftForTheNext() {
    get("/a", "Host: a.test", "Content-Length: 5", "X-Forwarded-For: ::1", "Expect: x");
    assertThat(check(HttpMethod.GET, HttpVersion.HTTP_1_0, "/b")).isEqualTo(200);
    assertThat(check.target()).isEqualTo("/b");
    assertThat(check.host()).isNull();
    assertThat(check.body()).isEqualTo(BodyKind.NONE);
    assertThat(check.length()).isEqualTo(-1);
    assertThat(check.claims()).isEqualTo(Claims.NONE);
    assertThat(get("/c")).isEqualTo(400);
    assertThat(check.target()).isNull();
  }

  @Test
  void hostIsDemandedOfHttp11Only() {
    assertThat(get("/")).isEqualTo(400);
    assertThat(check(HttpMethod.GET, HttpVersion.HTTP_1_0, "/")).isEqualTo(200);
  }

  @ParameterizedTest
  @EnumSource(HttpVersion.class)
  void hostsMayNotBeTwoEvenIfTheyAreTheSame(HttpVersion version) {
    assertThat(check(HttpMethod.GET, version, "/", "Host: a", "HOST: a")).isEqualTo(400);
  }

  @Test
  void hostIsCheckedInEveryVersion() {
    assertThat(get("/", "Host: a@b")).isEqualTo(400);
    assertThat(check(HttpMethod.GET, HttpVersion.HTTP_1_0, "/", "Host: a, b")).isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource({
    "0, NONE, 0",
    "00, NONE, 0",
    "5, SIZED, 5",
    "010, SIZED, 10",
    "4294967301, SIZED, 4294967301",
    "999999999999999999, SIZED, 999999999999999999"
  })
  void lengthTellsWhetherThereIsABody(String value, BodyKind body, long length) {
    assertThat(get("/", "Host: a", "Content-Length: " + value)).isEqualTo(200);
    assertThat(check.body()).isEqualTo(body);
    assertThat(check.length()).isEqualTo(length);
  }

  @ParameterizedTest
  @CsvSource({"+5", "-5", "5a", "5.0", "' 5'", "''", "'5,5'", "\uff15", "9223372036854775808"})
  void lengthThatIsNoNumberIsRefused(String value) {
    assertThat(get("/", "Host: a", "Content-Length: " + value)).isEqualTo(400);
  }

  @Test
  void lengthsMayNotBeTwo() {
    assertThat(get("/", "Host: a", "Content-Length: 5", "content-length: 5")).isEqualTo(400);
  }

  @Test
  void chunkedBodyIsStreamed() {
    assertThat(get("/", "Host: a", "transfer-encoding: Chunked")).isEqualTo(200);
    assertThat(check.body()).isEqualTo(BodyKind.STREAMED);
    assertThat(check.length()).isEqualTo(-1);
  }

  @ParameterizedTest
  @CsvSource({"gzip", "identity", "''", "'gzip, chunked'", "'chunked, chunked'", "' chunked'"})
  void otherCodingsAreNotImplemented(String coding) {
    assertThat(get("/", "Host: a", "Transfer-Encoding: " + coding)).isEqualTo(501);
  }

  @Test
  void chunkedTwiceIsNotImplemented() {
    String coding = "Transfer-Encoding: chunked";
    assertThat(get("/", "Host: a", coding, coding)).isEqualTo(501);
  }

  @Test
  void codingExcludesLengthAndHttp10() {
    String coding = "Transfer-Encoding: chunked";
    assertThat(get("/", "Host: a", coding, "Content-Length: 0")).isEqualTo(400);
    assertThat(check(HttpMethod.POST, HttpVersion.HTTP_1_0, "/", coding)).isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource({"CONNECT", "TRACE"})
  void methodsThatNoUpstreamShallSeeAreNotImplemented(String method) {
    HttpMethod parsed = HttpMethod.valueOf(method);
    assertThat(check(parsed, HttpVersion.HTTP_1_1, "/", "Host: a")).isEqualTo(501);
  }

  @Test
  void asteriskIsForOptions() {
    assertThat(get("*", "Host: a")).isEqualTo(400);
    assertThat(check(HttpMethod.OPTIONS, HttpVersion.HTTP_1_1, "*", "Host: a")).isEqualTo(200);
    assertThat(check.target()).isEqualTo("*");
  }

  @ParameterizedTest
  @CsvSource({
    "GET, http://b.test/x?y, b.test, /x?y",
    "GET, HTTP://b.test:80/x, b.test:80, /x",
    "GET, https://[::1]/, [::1], /",
    "GET, http://b.test, b.test, /",
    "GET, http://b.test?x=/, b.test, /?x=/",
    "OPTIONS, http://b.test, b.test, *",
    "OPTIONS, http://b.test/, b.test, /",
    "OPTIONS, http://b.test?x, b.test, /?x"
  })
  void authorityOfTheTargetReplacesHost(String method, String uri, String host, String target) {
    HttpMethod parsed = HttpMethod.valueOf(method);
    assertThat(check(parsed, HttpVersion.HTTP_1_1, uri, "Host: victim.test")).isEqualTo(200);
    assertThat(check.host()).isEqualTo(host);
    assertThat(check.target()).isEqualTo(target);
  }

  @ParameterizedTest
  @CsvSource({
    "http:///x",
    "http://",
    "http:/b.test/x",
    "http://user@b.test/x",
    "http://user:pw@b.test/x",
    "http://b.test:x/",
    "http://b.test\\x",
    "http://b.test#x",
    "http://b.test/../x",
    "ftp://b.test/x",
    "javascript:x",
    "b.test",
    "b.test:80",
    "''",
    "?x"
  })
  void otherTargetsAreRefused(String uri) {
    assertThat(get(uri, "Host: b.test")).isEqualTo(400);
  }

  @Test
  void hostIsDemandedEvenBesideAnAbsoluteTarget() {
    assertThat(get("http://b.test/x")).isEqualTo(400);
  }

  @Test
  void fieldsAreCounted() {
    assertThat(get("/", "Host: a", "A: 1", "A: 2", "B: 1", "B: 2")).isEqualTo(200);
    assertThat(get("/", "Host: a", "A: 1", "A: 2", "B: 1", "B: 2", "C: 3")).isEqualTo(431);
  }

  @Test
  void fieldNeedsAName() {
    MultiMap headers = MultiMap.caseInsensitiveMultiMap().add("host", "a").add("", "b");
    Verdict verdict = check.check(HttpMethod.GET, HttpVersion.HTTP_1_1, "/", headers);
    assertThat(status(verdict)).isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource({"100-continue, 200", "100-CONTINUE, 200", "other, 417", "'100-continue, x', 417"})
  void expectation(String value, int status) {
    assertThat(get("/", "Host: a", "Expect: " + value)).isEqualTo(status);
  }

  @Test
  void mapsOfOtherVersionsAreReadToo() {
    MultiMap headers = new HeadersAdaptor(new DefaultHttpHeaders());
    headers.add("host", "a").add("content-length", "3");
    assertThat(check.check(HttpMethod.GET, HttpVersion.HTTP_1_1, "/", headers)).isNull();
    assertThat(check.length()).isEqualTo(3);
  }
}
