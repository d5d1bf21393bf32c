package dev.weir.ingress.filter;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Raw heads through the decoder of Vert.x and the check behind it: what the one lets pass the other
 * has to refuse. A newer Netty that grows more lenient fails here.
 */
class DecodedRequestTest {

  private static int post(String fields) {
    return Heads.judge("POST /a HTTP/1.1\r\nHost: a.test\r\n" + fields + "\r\n\r\n");
  }

  private static int line(String line) {
    return Heads.judge(line + "\r\nHost: a.test\r\n\r\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-Plain: a",
        "X-Empty:",
        "X-Tab:\ta \t",
        "X-Latin: caf\u00e9",
        "X_Under: a",
        "Content-Length: 5",
        "Content-Length: \t5 \t",
        "Content-Length: 0005",
        "Content-Length: 999999999999999999",
        "Transfer-Encoding: chunked",
        "Transfer-Encoding:chunked",
        "Transfer-Encoding:\tchunked \t",
        "TRANSFER-ENCODING: CHUNKED",
        "Expect: 100-continue",
        "expect: 100-Continue"
      })
  void plainFieldsPass(String fields) {
    assertThat(post(fields)).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Transfer-Encoding: xchunked",
        "Transfer-Encoding: chunkedx",
        "Transfer-Encoding: \"chunked\"",
        "Transfer-Encoding: chunked;q=1",
        "Transfer-Encoding: chunked x",
        "Transfer-Encoding: chunked, identity",
        "Transfer-Encoding: chunked, chunked",
        "Transfer-Encoding: ,chunked",
        "Transfer-Encoding: chunked,",
        "Transfer-Encoding: gzip, chunked",
        "Transfer-Encoding: identity",
        "Transfer-Encoding:",
        "Transfer-Encoding: \u000bchunked",
        "Transfer-Encoding: chunked\u000c",
        "Transfer-Encoding: \u00a0chunked",
        "Transfer-Encoding: chun\u0000ked",
        "Transfer-Encoding:: chunked",
        "Transfer-Encoding:\r\n chunked",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
        "Transfer-Encoding: identity\r\nTransfer-Encoding: chunked"
      })
  void everyOtherSpellingOfACodingIsRefused(String fields) {
    assertThat(post(fields)).isIn(400, 501);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Transfer-Encoding : chunked",
        "Transfer-Encoding\t: chunked",
        " Transfer-Encoding: chunked",
        "Transfer-Encoding\u0000: chunked",
        "\u000bTransfer-Encoding: chunked",
        "Transfer-Encoding\u00a0: chunked",
        "\"Transfer-Encoding\": chunked",
        "Transfer\\-Encoding: chunked",
        "Transfer-Encoding\r\n : chunked",
        "X: a\r\rTransfer-Encoding: chunked",
        "X: a\r\n\rTransfer-Encoding: chunked",
        "X: a\rTransfer-Encoding: chunked",
        "X: a\nTransfer-Encoding: chunked",
        ": Transfer-Encoding: chunked",
        ": a",
        "X-A : a",
        "X A: a",
        "X(A): a",
        "X@A: a",
        "[XA]: a",
        "X\u0001A: a",
        "X\u00e9A: a",
        "no colon",
        "X-A: a\u0000b",
        "X-A: a\u0001b",
        "X-A: a\u007fb",
        "X-A: a\rb"
      })
  void malformedFieldsAreRefused(String fields) {
    assertThat(post(fields)).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 5\r\nContent-Length: 6",
        "Content-Length: 5\r\nX: a\r\ncontent-length: 5",
        "Content-Length: 5, 5",
        "Content-Length: 5,",
        "Content-Length: +5",
        "Content-Length: -5",
        "Content-Length: -0",
        "Content-Length: 0x5",
        "Content-Length: 5.0",
        "Content-Length: 5e0",
        "Content-Length: 5 6",
        "Content-Length:",
        "Content-Length: \"5\"",
        "Content-Length: 5\u0000",
        "Content-Length: 1\r\n 0",
        "Content-Length : 5",
        "Content-Length: 9223372036854775807",
        "Content-Length: 18446744073709551621",
        "Content-Length: 5\r\nTransfer-Encoding: chunked",
        "Transfer-Encoding: chunked\r\nContent-Length: 5",
        "Content-Length: 0\r\nTransfer-Encoding: CHUNKED",
        "Content-Length: 5\r\nTransfer-Encoding: identity"
      })
  void ambiguousLengthsAreRefused(String fields) {
    assertThat(post(fields)).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Transfer-Encoding: chunked",
        "Content-Length: 5\r\nTransfer-Encoding: chunked",
        "Transfer-Encoding: chunked\r\nContent-Length: 5"
      })
  void chunkedInHttp10IsRefused(String fields) {
    assertThat(Heads.judge("POST /a HTTP/1.0\r\n" + fields + "\r\n\r\n")).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Host: b.test", "Host: a.test", "host: a.test", "Host:"})
  void secondHostIsRefused(String field) {
    assertThat(post(field)).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Expect: 200-ok", "Expect: 100-continue\r\nExpect: b", "Expect:"})
  void otherExpectationsAreRefused(String fields) {
    assertThat(post(fields)).isEqualTo(417);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "GET /a HTTP/1.1; 200",
        "get /a HTTP/1.1; 200",
        "BREW /a HTTP/1.1; 200",
        "OPTIONS * HTTP/1.1; 200",
        "GET http://b.test/a HTTP/1.1; 200",
        "GET /a b HTTP/1.1; 400",
        "GET /a HTTP/1.1 HTTP/1.1; 400",
        "GET /a HTTP/1; 400",
        "GET /a HTTP/1.1a; 400",
        "GET /a; 400",
        "GE(T /a HTTP/1.1; 400",
        "GET: /a HTTP/1.1; 400",
        "GET a HTTP/1.1; 400",
        "GET a.test:80 HTTP/1.1; 400",
        "GET @127.0.0.1:80/a HTTP/1.1; 400",
        "GET :80@127.0.0.1/a HTTP/1.1; 400",
        "GET * HTTP/1.1; 400",
        "GET /a HTTP/1.2; 505",
        "GET /a HTTP/1.10; 505",
        "GET /a http/1.1; 505",
        "GET /a HTTP/01.1; 505",
        "GET /a HTTP/0.9; 505",
        "GET /a HTTP/2.0; 505",
        "PRI * HTTP/2.0; 505",
        "CONNECT a.test:80 HTTP/1.1; 501",
        "TRACE /a HTTP/1.1; 501"
      })
  void requestLines(String line, int status) {
    assertThat(line(line)).isEqualTo(status);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u0000", "\u0001", "\r", "\u007f", "\u00e9", "\u00a0"})
  void charactersThatNoTargetHasAreRefused(String character) {
    assertThat(line("GET /a" + character + "b HTTP/1.1")).isEqualTo(400);
  }
}
