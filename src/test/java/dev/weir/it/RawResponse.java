package dev.weir.it;

import java.nio.charset.StandardCharsets;

/**
 * A response as a client read it off the wire.
 *
 * @param framing what ends the body
 */
record RawResponse(
    String version,
    int status,
    String reason,
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

  /** Why the gateway made this response itself, or {@code null} when an upstream made it. */
  String flag() {
    return header("weir-flag");
  }

  RawResponse with(byte[] body, Fields trailers) {
    return new RawResponse(version, status, reason, headers, framing, body, trailers);
  }

  @Override
  public String toString() {
    return status + " " + reason + " " + headers.lines() + " " + body.length + " bytes";
  }
}
