package dev.weir.it;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/** A port that answers nobody who connects, which is what a host that is down looks like. */
final class DeafServer implements AutoCloseable {
  private static final int ANSWER_MILLIS = 300;

  private final ServerSocket server;
  private final List<Socket> backlog = new ArrayList<>();

  private DeafServer(ServerSocket server) {
    this.server = server;
  }

  /** Connects to a port until the system answers no more. */
  static DeafServer start() throws IOException {
    DeafServer deaf = new DeafServer(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
    InetSocketAddress address =
        new InetSocketAddress(deaf.server.getInetAddress(), deaf.server.getLocalPort());
    while (true) {
      Socket socket = new Socket();
      deaf.backlog.add(socket);
      try {
        socket.connect(address, ANSWER_MILLIS);
      } catch (SocketTimeoutException full) {
        return deaf;
      }
    }
  }

  int port() {
    return server.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    for (Socket socket : backlog) {
      socket.close();
    }
    server.close();
  }
}
