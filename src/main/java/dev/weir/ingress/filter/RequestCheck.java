package dev.weir.ingress.filter;

import dev.weir.exchange.ClientRequest;
import dev.weir.exchange.Exchange.BodyKind;
import io.netty.util.AsciiString;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;

/**
 * Decides whether the head of a request may pass, and finds out what the rest of the gateway needs
 * to know of it. One object for each connection, used for one request after the other.
 *
 * <p>A request that two parsers could read in two ways is refused rather than mended (RFC 9112
 * sections 3.2 and 6.3). Netty's decoder has refused before what it can see: bad field names and
 * values, white space before a colon, lengths that are no number or differ.
 */
public final class RequestCheck {

  private static final Verdict METHOD = new Verdict(501, "This method is not implemented here");
  private static final Verdict NO_HOST = Verdict.bad("The request has no Host");
  private static final Verdict HOSTS = Verdict.bad("The request has more than one Host");
  private static final Verdict BAD_HOST = Verdict.bad("The Host is malformed");
  private static final Verdict LENGTH = Verdict.bad("The Content-Length is malformed");
  private static final Verdict LENGTHS =
      Verdict.bad("The request has more than one Content-Length");
  private static final Verdict TYPES = Verdict.bad("The request has more than one Content-Type");
  private static final Verdict BOTH =
      Verdict.bad("The request has both a Content-Length and a Transfer-Encoding");
  private static final Verdict CODING =
      new Verdict(501, "Only the transfer coding chunked is supported");
  private static final Verdict OLD_CODING = Verdict.bad("HTTP/1.0 knows no Transfer-Encoding");
  private static final Verdict NAME = Verdict.bad("A header field has no name");
  private static final Verdict EXPECT = new Verdict(417, "Only 100-continue can be expected");
  private static final Verdict FIELDS = new Verdict(431, "The request has too many header fields");

  /** More than 18 digits could be more than a {@code long} holds. */
  private static final int MAX_DIGITS = 18;

  private final int maxFields;
  private final HeadFields fields = new HeadFields();
  private String target;
  private String host;
  private long length;
  private BodyKind body;

  /**
   * @param maxFields how many header fields a request may have
   */
  public RequestCheck(int maxFields) {
    this.maxFields = maxFields;
  }

  /** Checks a request of HTTP/1.0 or later; {@code null} when it may pass. */
  public Verdict check(ClientRequest request) {
    return check(request.method(), request.version(), request.uri(), request.headers());
  }

  Verdict check(HttpMethod method, HttpVersion version, String uri, MultiMap headers) {
    fields.read(headers);
    target = null;
    host = fields.host;
    Verdict verdict = checkMethod(method);
    verdict = verdict == null ? checkFields() : verdict;
    verdict = verdict == null ? checkHost(version) : verdict;
    verdict = verdict == null ? checkFraming(version) : verdict;
    return verdict == null ? checkTarget(method, uri) : verdict;
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

  /** Its {@code Content-Type}; {@code null} when there is none. */
  public String contentType() {
    return fields.type;
  }

  /** Whether its body is compressed, or coded in another way. */
  public boolean isEncoded() {
    return fields.encoded;
  }

  /** What it says of where it comes from. */
  public Claims claims() {
    return fields.claims;
  }

  /** CONNECT would open a tunnel, TRACE would show the client what the gateway adds. */
  private static Verdict checkMethod(HttpMethod method) {
    return method == HttpMethod.CONNECT || method == HttpMethod.TRACE ? METHOD : null;
  }

  private Verdict checkFields() {
    if (fields.count > maxFields) {
      return FIELDS;
    }
    if (fields.unnamed) {
      return NAME;
    }
    if (fields.types > 1) {
      return TYPES;
    }
    return fields.expectsMore ? EXPECT : null;
  }

  private Verdict checkHost(HttpVersion version) {
    if (fields.hosts > 1) {
      return HOSTS;
    }
    if (host == null) {
      return version == HttpVersion.HTTP_1_0 ? null : NO_HOST;
    }
    return Authority.isValid(host) ? null : BAD_HOST;
  }

  private Verdict checkFraming(HttpVersion version) {
    length = -1;
    if (fields.codings > 0) {
      body = BodyKind.STREAMED;
      return checkCoding(version);
    }
    if (fields.lengths > 1) {
      return LENGTHS;
    }
    if (fields.lengths == 1) {
      length = parseLength(fields.length);
    }
    body = length > 0 ? BodyKind.SIZED : BodyKind.NONE;
    return fields.lengths == 1 && length < 0 ? LENGTH : null;
  }

  private Verdict checkCoding(HttpVersion version) {
    if (fields.lengths > 0) {
      return BOTH;
    }
    if (version == HttpVersion.HTTP_1_0) {
      return OLD_CODING;
    }
    boolean chunked =
        fields.codings == 1
            && AsciiString.contentEqualsIgnoreCase(fields.coding, HttpHeaders.CHUNKED);
    return chunked ? null : CODING;
  }

  private Verdict checkTarget(HttpMethod method, String uri) {
    if (uri.startsWith("/")) {
      target = uri;
      return Target.check(uri);
    }
    if (uri.equals(Target.ASTERISK)) {
      target = uri;
      return method == HttpMethod.OPTIONS ? null : Target.FORM;
    }
    return checkAbsolute(method, uri);
  }

  /** In absolute-form the target's authority takes the place of Host (RFC 9112 section 3.2.2). */
  private Verdict checkAbsolute(HttpMethod method, String uri) {
    int start = Target.startOfAuthority(uri);
    if (start < 0) {
      return Target.FORM;
    }
    int end = Target.endOfAuthority(uri, start);
    host = uri.substring(start, end);
    if (!Authority.isValid(host)) {
      return Target.FORM;
    }
    target = Target.originForm(method, uri, end);
    return Target.check(target);
  }

  /** -2 when it is no number, or too large a one. */
  private static long parseLength(String value) {
    int digits = value.length();
    if (digits == 0 || digits > MAX_DIGITS) {
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
