package dev.weir.it;

import java.nio.charset.StandardCharsets;

/**
 * A request as an upstream read it off the wire.
 *
 * @param framing what ends the body
 */
record RawRequest(
    String method,
    String target,
    String version,
    Fields headers,
    Framing framing,
    byte[] body,
    Fields trailers) {

  String header(String name) {
    return headers.first(name);
  }

  String text() {
    return new String(body, StandardCharsets.ISO_8859_1);
  }

  RawRequest with(byte[] body, Fields trailers) {
    return new RawRequest(method, target, version, headers, framing, body, trailers);
  }

  @Override
  public String toString() {
    return method + " " + target + " " + headers.lines() + " " + body.length + " bytes";
  }
}
