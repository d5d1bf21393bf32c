package dev.weir.it;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Clients that ask one thing after the other over keep-alive connections, open a new one when they
 * are told to, and stop when that is refused.
 */
final class SteadyLoad implements AutoCloseable {
  private final int port;
  private final String answer;
  private final List<Thread> threads = new ArrayList<>();
  private final AtomicInteger requests = new AtomicInteger();
  private final AtomicInteger refused = new AtomicInteger();
  private final AtomicInteger told = new AtomicInteger();
  private final Queue<String> failures = new ConcurrentLinkedQueue<>();
  private volatile boolean stopped;

  private SteadyLoad(int port, String answer) {
    this.port = port;
    this.answer = answer;
  }

  /** Starts clients of a service that answers with what it was asked for. */
  static SteadyLoad start(int port, int connections) {
    return start(port, connections, null);
  }

  /** Starts clients of a service that always gives one answer. */
  static SteadyLoad start(int port, int connections, String answer) {
    SteadyLoad load = new SteadyLoad(port, answer);
    for (int i = 0; i < connections; i++) {
      Thread thread = new Thread(load::run, "load-" + i);
      thread.setDaemon(true);
      load.threads.add(thread);
      thread.start();
    }
    return load;
  }

  private void run() {
    while (!stopped) {
      RawClient client;
      try {
        client = RawClient.connect(port);
      } catch (IOException e) {
        refused.incrementAndGet();
        return;
      }
      if (!use(client)) {
        return;
      }
    }
  }

  /** Uses a connection for as long as it lasts. Returns whether another one is worth a try. */
  private boolean use(RawClient client) {
    int served = 0;
    try (client) {
      while (!stopped) {
        RawResponse response = client.get("/" + served);
        String expected = answer == null ? "/" + served : answer;
        if (response.status() != 200 || !response.text().equals(expected)) {
          failures.add(response.toString());
        }
        served++;
        requests.incrementAndGet();
        if (response.headers().elements("connection").contains("close")) {
          told.incrementAndGet();
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      if (served == 0) {
        // The system had accepted what the closing listener did not: refused, a little later.
        refused.incrementAndGet();
      } else {
        failures.add("after " + served + " requests: " + e);
      }
      return false;
    }
  }

  void awaitRequests(int count) {
    Await.until(
        () -> count + " requests are answered, not " + requests, // How fast says nobody here.
        () -> requests.get() >= count,
        WeirProcess.LONG);
  }

  /** Waits until every client has been refused. */
  void awaitEnd() {
    Await.until("every client has stopped", () -> threads.stream().noneMatch(Thread::isAlive));
  }

  int requests() {
    return requests.get();
  }

  /** Connections that were not let in. */
  int refused() {
    return refused.get();
  }

  /** Connections that a response asked to close. */
  int told() {
    return told.get();
  }

  /** What went wrong with a request that was let in. */
  List<String> failures() {
    return List.copyOf(failures);
  }

  @Override
  public void close() {
    stopped = true;
    awaitEnd();
  }
}
