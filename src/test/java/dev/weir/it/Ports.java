package dev.weir.it;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Ports for what cannot choose its own. */
final class Ports {
  /** Sockets that never listen: what is bound is given to nobody who asks for any port. */
  private static final Queue<Socket> HELD = new ConcurrentLinkedQueue<>();

  private Ports() {}

  /** A port that nobody listens on, for one who names it and lets addresses be used again. */
  static int unused() throws IOException {
    Socket socket = new Socket();
    socket.setReuseAddress(true);
    socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    HELD.add(socket);
    return socket.getLocalPort();
  }

  /** Whether this machine has the loopback address of IPv6. */
  static boolean version6IsThere() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("::1"))) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }
}
