package dev.weir.it;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/** One end of a connection to the gateway: what a client and an upstream have in common. */
abstract class Peer implements AutoCloseable {
  /** No read waits longer than that. */
  static final int READ_TIMEOUT_MILLIS = 10_000;

  protected final Socket socket;
  protected final WireReader in;
  private final OutputStream out;

  Peer(Socket socket) throws IOException {
    this.socket = socket;
    socket.setSoTimeout(READ_TIMEOUT_MILLIS);
    socket.setTcpNoDelay(true);
    this.in = new WireReader(socket.getInputStream());
    this.out = socket.getOutputStream();
  }

  /** Writes a head: {@code lines}, each ended with CRLF, and the empty line. */
  void head(String... lines) throws IOException {
    write(String.join("\r\n", lines) + "\r\n\r\n");
  }

  /** Writes {@code raw} as it is, one byte for each character. */
  void write(String raw) throws IOException {
    write(raw.getBytes(StandardCharsets.ISO_8859_1));
  }

  void write(byte[] bytes) throws IOException {
    out.write(bytes);
    out.flush();
  }

  /** Writes one chunk; none when {@code data} is empty, for that would be the last one. */
  void chunk(String data) throws IOException {
    if (!data.isEmpty()) {
      write(Integer.toHexString(data.length()) + "\r\n" + data + "\r\n");
    }
  }

  /** Writes the last chunk and {@code trailers}. */
  void lastChunk(String... trailers) throws IOException {
    StringBuilder end = new StringBuilder("0\r\n");
    for (String trailer : trailers) {
      end.append(trailer).append("\r\n");
    }
    write(end.append("\r\n").toString());
  }

  WireBody body() {
    return in.body();
  }

  OutputStream out() {
    return out;
  }

  /** Whether there is something to read at this moment. */
  boolean hasInput() {
    try {
      return socket.getInputStream().available() > 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** Waits up to {@code millis} for something to read, and leaves it there. */
  boolean hasInputWithin(int millis) {
    long deadline = System.nanoTime() + millis * 1_000_000L;
    while (!hasInput() && System.nanoTime() - deadline < 0) {
      Thread.onSpinWait();
    }
    return hasInput();
  }

  /** Sends FIN and goes on reading. */
  void halfClose() throws IOException {
    socket.shutdownOutput();
  }

  /** Sends RST. */
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  /** Waits until the other side has closed; fails on any byte that comes instead. */
  void expectClosed() throws IOException {
    int b = in.read();
    if (b >= 0) {
      throw new AssertionError("a byte where the connection should end: " + (char) b);
    }
  }

  /** Reads and forgets until the other side has closed. */
  void drain() throws IOException {
    for (int b = in.read(); b >= 0; ) {
      b = in.read();
    }
  }

  /** Whether the other side has closed already; a byte that is there is lost. */
  boolean isClosedByNow() throws IOException {
    socket.setSoTimeout(1);
    try {
      return in.read() < 0;
    } catch (SocketTimeoutException e) {
      return false;
    } finally {
      socket.setSoTimeout(READ_TIMEOUT_MILLIS);
    }
  }

  /** Whether nothing at all comes for {@code millis}: neither a byte nor an end. */
  boolean isQuietFor(int millis) throws IOException {
    socket.setSoTimeout(millis);
    try {
      in.read();
      return false;
    } catch (SocketTimeoutException e) {
      return true;
    } finally {
      socket.setSoTimeout(READ_TIMEOUT_MILLIS);
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
