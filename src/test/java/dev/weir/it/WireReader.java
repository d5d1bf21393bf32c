package dev.weir.it;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads HTTP/1.1 messages by the letter of RFC 9112: what a lenient reader would let pass is a
 * {@link WireException} here, so that no test overlooks it.
 */
final class WireReader {
  private static final String TOKEN = "[!#$%&'*+\\-.^_`|~0-9A-Za-z]+";
  private static final Pattern REQUEST =
      Pattern.compile("(" + TOKEN + ") ([\\x21-\\x7e]+) (HTTP/1\\.[01])");
  private static final Pattern STATUS =
      Pattern.compile("(HTTP/1\\.[01]) ([1-5]\\d\\d) ([\\t\\x20-\\x7e\\x80-\\xff]*)");
  private static final Pattern FIELD =
      Pattern.compile("(" + TOKEN + "):[\\t ]*([\\t\\x20-\\x7e\\x80-\\xff]*?)[\\t ]*");

  private final InputStream in;
  private final WireBody body = new WireBody(this);

  WireReader(InputStream in) {
    this.in = new BufferedInputStream(in, 16_384);
  }

  /** Reads bodies off the same connection. */
  WireBody body() {
    return body;
  }

  /** The next request without its body, or {@code null} when the connection ended before it. */
  RawRequest requestHead() throws IOException {
    String line = line("request line", true);
    if (line == null) {
      return null;
    }
    Matcher m = match(REQUEST, line);
    Fields headers = fields();
    Framing framing = Framing.ofRequest(headers);
    return new RawRequest(
        m.group(1), m.group(2), m.group(3), headers, framing, new byte[0], Fields.NONE);
  }

  /** Adds the whole body to a request that {@link #requestHead()} returned. */
  RawRequest requestBody(RawRequest head) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Fields trailers = body.copy(head.framing(), head.headers(), out::write);
    return head.with(out.toByteArray(), trailers);
  }

  /** The next response without its body, or {@code null} when the connection ended before it. */
  RawResponse responseHead(String method) throws IOException {
    String line = line("status line", true);
    if (line == null) {
      return null;
    }
    Matcher m = match(STATUS, line);
    Fields headers = fields();
    int status = Integer.parseInt(m.group(2));
    Framing framing = Framing.ofResponse(method, status, headers);
    return new RawResponse(
        m.group(1), status, m.group(3), headers, framing, new byte[0], Fields.NONE);
  }

  /** Adds the whole body to a response that {@link #responseHead(String)} returned. */
  RawResponse responseBody(RawResponse head) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Fields trailers = body.copy(head.framing(), head.headers(), out::write);
    return head.with(out.toByteArray(), trailers);
  }

  /** One byte, or -1 at the end; a reset counts as an end. */
  int read() throws IOException {
    try {
      return in.read();
    } catch (SocketException e) {
      return -1;
    }
  }

  /** Up to {@code length} bytes; a reset breaks the message. */
  int read(byte[] buffer, int length) throws IOException {
    try {
      return in.read(buffer, 0, length);
    } catch (SocketException e) {
      throw new TruncatedException("a body", e);
    }
  }

  /** Field lines up to and with the empty one. */
  Fields fields() throws IOException {
    List<Fields.Line> lines = new ArrayList<>();
    for (String line = line("fields", false); !line.isEmpty(); line = line("fields", false)) {
      Matcher m = match(FIELD, line);
      lines.add(new Fields.Line(m.group(1), m.group(2)));
    }
    return new Fields(lines);
  }

  /** A line without its CRLF; {@code null} at a clean end of the connection if that is allowed. */
  String line(String what, boolean mayEnd) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream(80);
    for (int b = read(); ; b = read()) {
      if (b < 0 && mayEnd && out.size() == 0) {
        return null;
      }
      if (b < 0) {
        throw new TruncatedException("the " + what);
      }
      if (b == '\r') {
        if (read() != '\n') {
          throw new WireException("a bare CR in the " + what);
        }
        return out.toString(StandardCharsets.ISO_8859_1);
      }
      if (b == '\n' || b == 0) {
        throw new WireException("a bare LF or a NUL in the " + what);
      }
      out.write(b);
    }
  }

  static Matcher match(Pattern pattern, String line) throws WireException {
    Matcher m = pattern.matcher(line);
    if (!m.matches()) {
      throw new WireException("not well formed: " + line);
    }
    return m;
  }
}
