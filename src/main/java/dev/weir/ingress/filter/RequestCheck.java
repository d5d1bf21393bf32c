package dev.weir.ingress.filter;

import dev.weir.exchange.Exchange.BodyKind;
import io.netty.util.AsciiString;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.Map;

/**
 * Decides whether the head of a request may pass, and finds out what the rest of the gateway needs
 * to know of it. One object for each lane, used for one request after the other.
 *
 * <p>A request that two parsers could read in two ways is refused rather than mended (RFC 9112
 * sections 3.2 and 6.3). Netty's decoder has refused before what it can see: bad field names and
 * values, white space before a colon, bad chunk sizes.
 */
public final class RequestCheck {

  private static final Verdict METHOD = new Verdict(405, "This method is not served here");
  private static final Verdict NO_HOST = Verdict.bad("The request has no Host");
  private static final Verdict HOSTS = Verdict.bad("The request has more than one Host");
  private static final Verdict BAD_HOST = Verdict.bad("The Host is malformed");
  private static final Verdict FORM = Verdict.bad("The request target has a form it may not have");
  private static final Verdict LENGTH = Verdict.bad("The Content-Length is malformed");
  private static final Verdict LENGTHS =
      Verdict.bad("The request has more than one Content-Length");
  private static final Verdict BOTH =
      Verdict.bad("The request has both a Content-Length and a Transfer-Encoding");
  private static final Verdict CODING =
      new Verdict(501, "Only the transfer coding chunked is supported");
  private static final Verdict OLD_CODING = Verdict.bad("HTTP/1.0 knows no Transfer-Encoding");
  private static final Verdict NAME = Verdict.bad("A header field has no name");
  private static final Verdict EXPECT = new Verdict(417, "Only 100-continue can be expected");
  private static final Verdict FIELDS = new Verdict(431, "The request has too many header fields");

  private static final CharSequence EXPECT_NAME = HttpHeaders.createOptimized("expect");

  private final int maxFields;
  private String target;
  private String host;
  private long length;
  private BodyKind body;

  // What the walk over the fields found.
  private int hosts;
  private int lengths;
  private int codings;
  private int fields;
  private boolean unnamed;
  private String coding;

  /**
   * @param maxFields how many header fields a request may have
   */
  public RequestCheck(int maxFields) {
    this.maxFields = maxFields;
  }

  /** Checks a request of HTTP/1.0 or later; {@code null} when it may pass. */
  public Verdict check(HttpServerRequest request) {
    if (request.method() == HttpMethod.CONNECT || request.method() == HttpMethod.TRACE) {
      return METHOD;
    }
    MultiMap headers = request.headers();
    walk(headers);
    Verdict verdict = checkFields();
    verdict = verdict == null ? checkHost(request.version()) : verdict;
    verdict = verdict == null ? checkFraming(request.version()) : verdict;
    verdict = verdict == null ? checkTarget(request) : verdict;
    return verdict == null ? checkExpect(headers) : verdict;
  }

  /** Path and query of the request that was just checked. */
  public String target() {
    return target;
  }

  /** The authority that the request names; {@code null} when an HTTP/1.0 client named none. */
  public String host() {
    return host;
  }

  /** How its body is framed. */
  public BodyKind body() {
    return body;
  }

  /** The size of its body; -1 when that is not known. */
  public long length() {
    return length;
  }

  private void walk(MultiMap headers) {
    hosts = 0;
    lengths = 0;
    codings = 0;
    fields = 0;
    unnamed = false;
    host = null;
    coding = null;
    length = -1;
    for (Map.Entry<String, String> field : headers) {
      note(field.getKey(), field);
    }
  }

  private void note(String name, Map.Entry<String, String> field) {
    fields++;
    switch (name.length()) {
      case 0 -> unnamed = true;
      case 4 -> {
        if (AsciiString.contentEqualsIgnoreCase(name, HttpHeaders.HOST)) {
          hosts++;
          host = field.getValue();
        }
      }
      case 14 -> {
        if (AsciiString.contentEqualsIgnoreCase(name, HttpHeaders.CONTENT_LENGTH)) {
          lengths++;
          length = parseLength(field.getValue());
        }
      }
      case 17 -> {
        if (AsciiString.contentEqualsIgnoreCase(name, HttpHeaders.TRANSFER_ENCODING)) {
          codings++;
          coding = field.getValue();
        }
      }
      default -> {
        // No other field bears on framing or routing.
      }
    }
  }

  private Verdict checkFields() {
    if (fields > maxFields) {
      return FIELDS;
    }
    return unnamed ? NAME : null;
  }

  private Verdict checkHost(HttpVersion version) {
    if (hosts > 1) {
      return HOSTS;
    }
    if (host == null) {
      return version == HttpVersion.HTTP_1_0 ? null : NO_HOST;
    }
    return Authority.isValid(host) ? null : BAD_HOST;
  }

  private Verdict checkFraming(HttpVersion version) {
    if (codings > 0) {
      body = BodyKind.STREAMED;
      return checkCoding(version);
    }
    if (lengths > 1) {
      return LENGTHS;
    }
    if (lengths == 1 && length < 0) {
      return LENGTH;
    }
    body = length > 0 ? BodyKind.SIZED : BodyKind.NONE;
    return null;
  }

  private Verdict checkCoding(HttpVersion version) {
    if (lengths > 0) {
      return BOTH;
    }
    if (version == HttpVersion.HTTP_1_0) {
      return OLD_CODING;
    }
    boolean chunked =
        codings == 1 && AsciiString.contentEqualsIgnoreCase(coding, HttpHeaders.CHUNKED);
    return chunked ? null : CODING;
  }

  private Verdict checkTarget(HttpServerRequest request) {
    String uri = request.uri();
    if (uri.startsWith("/")) {
      target = uri;
      return Target.check(uri, 0);
    }
    if (uri.equals("*")) {
      target = uri;
      return request.method() == HttpMethod.OPTIONS ? null : FORM;
    }
    return checkAbsolute(uri);
  }

  /** In absolute-form the target's authority takes the place of Host (RFC 9112 section 3.2.2). */
  private Verdict checkAbsolute(String uri) {
    int start = uri.regionMatches(true, 0, "http://", 0, 7) ? 7 : 8;
    if (start == 8 && !uri.regionMatches(true, 0, "https://", 0, 8)) {
      return FORM;
    }
    int end = start;
    while (end < uri.length() && uri.charAt(end) != '/' && uri.charAt(end) != '?') {
      end++;
    }
    String authority = uri.substring(start, end);
    if (!Authority.isValid(authority)) {
      return FORM;
    }
    host = authority;
    String rest = uri.substring(end);
    target = rest.startsWith("/") ? rest : "/" + rest;
    return Target.check(target, 0);
  }

  private static Verdict checkExpect(MultiMap headers) {
    String expect = headers.get(EXPECT_NAME);
    return expect == null || AsciiString.contentEqualsIgnoreCase(expect, HttpHeaders.CONTINUE)
        ? null
        : EXPECT;
  }

  private static long parseLength(String value) {
    int digits = value.length();
    if (digits == 0 || digits > 18) {
      return -2;
    }
    long result = 0;
    for (int i = 0; i < digits; i++) {
      int digit = value.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -2;
      }
      result = result * 10 + digit;
    }
    return result;
  }
}
