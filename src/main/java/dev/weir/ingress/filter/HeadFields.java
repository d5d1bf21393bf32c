package dev.weir.ingress.filter;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import io.vertx.core.MultiMap;
import java.util.Iterator;
import java.util.Map;

/**
 * What one walk over the fields of a request finds of those that decide who it is for, how long it
 * is and where it comes from. Used for one request after the other.
 */
final class HeadFields {

  private static final AsciiString HOST = AsciiString.cached("host");
  private static final AsciiString EXPECT = AsciiString.cached("expect");
  private static final AsciiString LENGTH = AsciiString.cached("content-length");
  private static final AsciiString TYPE = AsciiString.cached("content-type");
  private static final AsciiString CONTENT_CODING = AsciiString.cached("content-encoding");
  private static final AsciiString CODING = AsciiString.cached("transfer-encoding");
  private static final AsciiString IDENTITY = AsciiString.cached("identity");
  private static final AsciiString CONTINUE = AsciiString.cached("100-continue");

  /** How many fields there are. */
  int count;

  /** Whether one of them has no name, which Netty lets pass. */
  boolean unnamed;

  int hosts;

  /** The last {@code Host}; {@code null} when there is none. */
  String host;

  int lengths;

  /** The last {@code Content-Length}; {@code null} when there is none. */
  String length;

  int codings;

  /** The last {@code Transfer-Encoding}; {@code null} when there is none. */
  String coding;

  int types;

  /** The last {@code Content-Type}; {@code null} when there is none. */
  String type;

  /** Whether there is a {@code Content-Encoding} other than {@code identity}. */
  boolean encoded;

  /** Whether something other than {@code 100-continue} is expected. */
  boolean expectsMore;

  Claims claims;

  void read(MultiMap headers) {
    clear();
    if (headers instanceof HttpHeaders netty) {
      // The fields of HTTP/1.1; read like this, no object is made for any of them.
      Iterator<Map.Entry<CharSequence, CharSequence>> fields = netty.iteratorCharSequence();
      while (fields.hasNext()) {
        Map.Entry<CharSequence, CharSequence> field = fields.next();
        note(field.getKey(), field.getValue());
      }
    } else {
      for (Map.Entry<String, String> field : headers) {
        note(field.getKey(), field.getValue());
      }
    }
  }

  private void clear() {
    count = 0;
    unnamed = false;
    hosts = 0;
    host = null;
    lengths = 0;
    length = null;
    codings = 0;
    coding = null;
    types = 0;
    type = null;
    encoded = false;
    expectsMore = false;
    claims = Claims.NONE;
  }

  private void note(CharSequence name, CharSequence value) {
    count++;
    if (name.length() == 0) {
      unnamed = true;
      return;
    }
    switch (name.charAt(0) | 0x20) { // The first letter, in either case.
      case 'c' -> noteContent(name, value);
      case 'e' -> noteExpect(name, value);
      case 'f', 'x' -> claims = claims.with(name);
      case 'h' -> noteHost(name, value);
      case 't' -> noteCoding(name, value);
      default -> {
        // No other field is of interest here.
      }
    }
  }

  private void noteHost(CharSequence name, CharSequence value) {
    if (HOST.contentEqualsIgnoreCase(name)) {
      hosts++;
      host = value.toString();
    }
  }

  private void noteContent(CharSequence name, CharSequence value) {
    if (LENGTH.contentEqualsIgnoreCase(name)) {
      lengths++;
      length = value.toString();
    } else if (TYPE.contentEqualsIgnoreCase(name)) {
      types++;
      type = value.toString();
    } else if (CONTENT_CODING.contentEqualsIgnoreCase(name)) {
      encoded |= !IDENTITY.contentEqualsIgnoreCase(value);
    }
  }

  private void noteCoding(CharSequence name, CharSequence value) {
    if (CODING.contentEqualsIgnoreCase(name)) {
      codings++;
      coding = value.toString();
    }
  }

  private void noteExpect(CharSequence name, CharSequence value) {
    if (EXPECT.contentEqualsIgnoreCase(name)) {
      expectsMore |= !CONTINUE.contentEqualsIgnoreCase(value);
    }
  }
}
