package dev.weir.it;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An upstream that does with each connection what a {@link Script} says, one thread for each.
 *
 * <p>A request that is not well formed fails the test when the upstream is closed, whatever the
 * client saw: the gateway wrote it.
 */
final class ScriptedUpstream implements AutoCloseable {
  /** What to do with one connection; it is closed when the script returns. */
  interface Script {
    void run(UpstreamConnection connection) throws Exception;
  }

  /** What to do with one request that was read whole. */
  interface Answer {
    void to(RawRequest request, UpstreamConnection connection) throws Exception;
  }

  private static final int BACKLOG = 256;
  private static final int RECEIVE_BUFFER_BYTES = 262_144;

  private final ServerSocket server;
  private final Socket hold;
  private final Script script;
  private Thread acceptor;
  private final Set<UpstreamConnection> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicInteger requests = new AtomicInteger();
  private final BlockingQueue<RawRequest> received = new LinkedBlockingQueue<>();
  private final Queue<Throwable> violations = new ConcurrentLinkedQueue<>();

  private ScriptedUpstream(ServerSocket server, Socket hold, Script script) {
    this.server = server;
    this.hold = hold;
    this.script = script;
  }

  static ScriptedUpstream start(Script script) throws IOException {
    return start(0, script);
  }

  private static ScriptedUpstream start(int port, Script script) throws IOException {
    return start(InetAddress.getLoopbackAddress(), port, script);
  }

  /** One on an address of the loopback interface. */
  static ScriptedUpstream start(InetAddress address, int port, Script script) throws IOException {
    Socket hold = new Socket();
    hold.setReuseAddress(true);
    hold.bind(new InetSocketAddress(address, port));
    ServerSocket server = new ServerSocket();
    server.setReuseAddress(true);
    server.setReceiveBufferSize(RECEIVE_BUFFER_BYTES); // inherited by what it accepts
    server.bind(hold.getLocalSocketAddress(), BACKLOG);
    ScriptedUpstream upstream = new ScriptedUpstream(server, hold, script);
    upstream.acceptor = daemon(upstream::accept, "upstream-" + server.getLocalPort());
    return upstream;
  }

  /** Answers every request of a connection until the gateway closes it. */
  static ScriptedUpstream answering(Answer answer) throws IOException {
    return answering(0, answer);
  }

  /** The same on a port that another one has left; 0 for any. */
  static ScriptedUpstream answering(int port, Answer answer) throws IOException {
    return start(InetAddress.getLoopbackAddress(), port, answers(answer));
  }

  /** What serves every request of a connection in the same way. */
  static Script answers(Answer answer) {
    return (connection -> {
      for (RawRequest r = connection.request(); r != null; r = connection.request()) {
        answer.to(r, connection);
      }
    });
  }

  int port() {
    return server.getLocalPort();
  }

  /** Connections so far. */
  int connections() {
    return connections.get();
  }

  /** Connections that neither side has closed yet. */
  int openConnections() {
    return open.size();
  }

  /** Requests whose head was read so far. */
  int requests() {
    return requests.get();
  }

  /** The oldest request that was read whole and not taken yet. */
  RawRequest take() throws InterruptedException {
    RawRequest request = received.poll(Await.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    if (request == null) {
      throw new AssertionError("no request reached the upstream, violations: " + violations);
    }
    return request;
  }

  void countRequest() {
    requests.incrementAndGet();
  }

  void record(RawRequest request) {
    received.add(request);
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        UpstreamConnection c = new UpstreamConnection(this, socket, connections.incrementAndGet());
        open.add(c);
        if (server.isClosed()) {
          c.close(); // It came in while close() went through the others.
        }
        daemon(() -> serve(c), "upstream-" + port() + "-" + c.number());
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void serve(UpstreamConnection connection) {
    try (connection) {
      script.run(connection);
    } catch (SocketException | TruncatedException | SocketTimeoutException e) {
      return; // the gateway went away, which the test judges by what the client saw
    } catch (Throwable e) {
      violations.add(e);
    } finally {
      open.remove(connection);
    }
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  /** Stops accepting, so that a new connection is refused; the open ones stay. */
  void refuse() throws IOException {
    server.close();
    try {
      acceptor.join(); // As long as it is on its way out of accept(), the port listens.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Closes the open connections; new ones are let in. */
  void dropAll() throws IOException {
    for (UpstreamConnection connection : open) {
      connection.close();
    }
  }

  /** Lets somebody else have the port, which stays this one's beyond {@link #close()}. */
  void release() throws IOException {
    hold.close();
  }

  /** Closes everything; until {@link #release()} nobody listens on the port, so it refuses. */
  @Override
  public void close() throws IOException {
    refuse();
    for (UpstreamConnection connection : open) {
      connection.close();
    }
    if (!violations.isEmpty()) {
      throw new AssertionError("upstream " + port() + " saw " + violations, violations.peek());
    }
  }
}
