import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;

/**
 * GETs at a constant rate over kept-alive connections, whatever the answers take. Arguments: port,
 * path, requests a second, connections, seconds that are not counted, seconds that are. Ends with
 * one line of JSON, or with an exception when an answer is no 200.
 *
 * <p>Each connection has a thread and a timetable of its own, the timetables a step apart. A
 * latency runs from the time that the table gives to a request until its answer is complete: when
 * an answer keeps the next request from being sent in time, that one counts the wait too.
 */
public final class Steady {

  private static final int SOCKET_TIMEOUT_MILLIS = 10_000;
  private static final int BUFFER_BYTES = 64 * 1024;
  private static final byte[] LENGTH = "\ncontent-length:".getBytes(StandardCharsets.US_ASCII);

  private final Socket socket;
  private final byte[] request;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private final long[] latencies;
  private int answered;
  private volatile Throwable failure;

  private Steady(int port, String path, int capacity) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(SOCKET_TIMEOUT_MILLIS);
    String head = "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\n\r\n";
    request = head.getBytes(StandardCharsets.US_ASCII);
    latencies = new long[capacity];
  }

  public static void main(String[] args) throws Exception {
    double rate = Double.parseDouble(args[2]);
    int connections = Integer.parseInt(args[3]);
    long warmUp = (long) (Double.parseDouble(args[4]) * 1e9);
    long counted = (long) (Double.parseDouble(args[5]) * 1e9);
    long step = (long) (1e9 / rate);
    int each = (int) (counted / step / connections) + 2;
    Steady[] all = new Steady[connections];
    Thread[] threads = new Thread[connections];
    for (int index = 0; index < connections; index++) {
      all[index] = new Steady(Integer.parseInt(args[0]), args[1], each);
    }
    long start = System.nanoTime() + 50_000_000;
    long from = start + warmUp;
    for (int index = 0; index < connections; index++) {
      Steady one = all[index];
      long first = start + index * step;
      threads[index] = new Thread(() -> one.run(first, step * connections, from, from + counted));
      threads[index].start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    report(all, counted);
  }

  private void run(long first, long period, long from, long until) {
    try (socket) {
      InputStream in = socket.getInputStream();
      OutputStream out = socket.getOutputStream();
      for (long due = first; due < until; due += period) {
        waitFor(due);
        out.write(request);
        receive(in);
        if (due >= from) {
          latencies[answered++] = System.nanoTime() - due;
        }
      }
    } catch (IOException | RuntimeException e) {
      failure = e;
    }
  }

  private static void waitFor(long due) {
    for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  private void receive(InputStream in) throws IOException {
    int have = 0;
    int end = -1;
    while (end < 0) {
      have += read(in, have);
      end = endOfHead(have);
    }
    if (buffer[9] != '2' || buffer[10] != '0' || buffer[11] != '0') {
      throw new IOException(new String(buffer, 0, end, StandardCharsets.US_ASCII));
    }
    for (int left = end + contentLength(end) - have; left > 0; ) {
      left -= read(in, 0);
    }
  }

  private int read(InputStream in, int offset) throws IOException {
    int count = in.read(buffer, offset, buffer.length - offset);
    if (count <= 0) {
      throw new IOException("the connection ended before the answer did");
    }
    return count;
  }

  private int endOfHead(int have) {
    for (int at = 3; at < have; at++) {
      if (buffer[at] == '\n' && buffer[at - 2] == '\n') {
        return at + 1;
      }
    }
    return -1;
  }

  private int contentLength(int end) throws IOException {
    for (int at = 0; at + LENGTH.length < end; at++) {
      if (isLength(at)) {
        int value = 0;
        for (int digit = at + LENGTH.length; buffer[digit] != '\r'; digit++) {
          value = buffer[digit] == ' ' ? value : 10 * value + buffer[digit] - '0';
        }
        return value;
      }
    }
    throw new IOException("an answer without Content-Length");
  }

  private boolean isLength(int at) {
    for (int index = 0; index < LENGTH.length; index++) {
      byte is = buffer[at + index];
      if ((is >= 'A' && is <= 'Z' ? is + 32 : is) != LENGTH[index]) {
        return false;
      }
    }
    return true;
  }

  private static void report(Steady[] all, long counted) {
    long[] sorted =
        Arrays.stream(all).flatMapToLong(each -> Arrays.stream(each.result())).sorted().toArray();
    System.out.printf(
        "{\"requests\": %d, \"seconds\": %.3f, \"p50Micros\": %d, \"p99Micros\": %d,"
            + " \"p999Micros\": %d, \"maxMicros\": %d}%n",
        sorted.length, counted / 1e9, at(sorted, 0.5), at(sorted, 0.99), at(sorted, 0.999),
        at(sorted, 1));
  }

  private long[] result() {
    if (failure != null) {
      throw new IllegalStateException(failure);
    }
    return Arrays.copyOf(latencies, answered);
  }

  private static long at(long[] sorted, double share) {
    int index = (int) Math.ceil(share * sorted.length) - 1;
    return sorted.length == 0 ? 0 : sorted[Math.max(0, index)] / 1000;
  }
}
