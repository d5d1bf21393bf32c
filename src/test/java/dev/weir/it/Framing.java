package dev.weir.it;

/** How the end of a body is known (RFC 9112 section 6.3), judged without leniency. */
enum Framing {
  NONE,
  LENGTH,
  CHUNKED,
  CLOSE;

  static Framing ofRequest(Fields headers) throws WireException {
    Framing declared = declared(headers);
    return declared == null ? NONE : declared;
  }

  static Framing ofResponse(String method, int status, Fields headers) throws WireException {
    Framing declared = declared(headers);
    if (status < 200 || status == 204) {
      if (declared != null) {
        throw new WireException(status + " with a body's framing: " + headers);
      }
      return NONE;
    }
    if (status == 304 || "HEAD".equals(method)) {
      return NONE;
    }
    return declared == null ? CLOSE : declared;
  }

  private static Framing declared(Fields headers) throws WireException {
    String length = headers.single("content-length");
    String coding = headers.single("transfer-encoding");
    if (length != null && coding != null) {
      throw new WireException("both Content-Length and Transfer-Encoding");
    }
    if (coding != null && !coding.equals("chunked")) {
      throw new WireException("Transfer-Encoding: " + coding);
    }
    if (length != null && !length.matches("\\d{1,18}")) {
      throw new WireException("Content-Length: " + length);
    }
    return coding != null ? CHUNKED : length != null ? LENGTH : null;
  }
}
