package dev.weir.it;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** A client that writes what a test wants and reads strictly. */
final class RawClient extends Peer {
  private RawClient(Socket socket) throws IOException {
    super(socket);
  }

  static RawClient connect(int port) throws IOException {
    return connect(port, 0);
  }

  static RawClient connect(InetAddress address, int port) throws IOException {
    return connect(new InetSocketAddress(address, port), 0);
  }

  /** Connects with a receive buffer of {@code receiveBufferBytes}; 0 leaves it to the system. */
  static RawClient connect(int port, int receiveBufferBytes) throws IOException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    return connect(new InetSocketAddress(loopback, port), receiveBufferBytes);
  }

  private static RawClient connect(InetSocketAddress address, int receiveBufferBytes)
      throws IOException {
    Socket socket = new Socket();
    try {
      if (receiveBufferBytes > 0) {
        socket.setReceiveBufferSize(receiveBufferBytes);
      }
      socket.connect(address, READ_TIMEOUT_MILLIS);
      return new RawClient(socket);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /** Sends a request without a body and reads its final response. */
  RawResponse get(String target, String... headers) throws IOException {
    return call("GET", target, headers);
  }

  /** Sends a request without a body and reads its final response. */
  RawResponse call(String method, String target, String... headers) throws IOException {
    request(method, target, headers);
    return read(method);
  }

  /** Sends a request without a body; a {@code Host} is added when {@code headers} has none. */
  void request(String method, String target, String... headers) throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add(method + " " + target + " HTTP/1.1");
    lines.addAll(List.of(headers));
    if (lines.stream().noneMatch(line -> line.regionMatches(true, 0, "host:", 0, 5))) {
      lines.add(1, "Host: weir.test");
    }
    head(lines.toArray(String[]::new));
  }

  /** The next response, whole, to a request whose method was neither HEAD nor CONNECT. */
  RawResponse read() throws IOException {
    return read("GET");
  }

  /** The next response, whole, interim or final. */
  RawResponse read(String method) throws IOException {
    return in.responseBody(readHead(method));
  }

  /** The next head; fails when the connection ended instead. */
  RawResponse readHead(String method) throws IOException {
    RawResponse head = in.responseHead(method);
    if (head == null) {
      throw new TruncatedException("the wait for a response");
    }
    return head;
  }

  /** Reads what follows {@code head}. */
  RawResponse readBody(RawResponse head) throws IOException {
    return in.responseBody(head);
  }

  int localPort() {
    return socket.getLocalPort();
  }
}
