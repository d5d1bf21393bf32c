package dev.weir.ingress;

import dev.weir.accesslog.AccessEntry;
import dev.weir.exchange.ClientRequest;
import dev.weir.exchange.Exchange;
import dev.weir.exchange.Flag;
import dev.weir.exchange.Timing;
import io.vertx.core.http.HttpVersion;
import java.util.concurrent.TimeUnit;

/** Fills the lines of the access log. */
final class AccessLines {

  private AccessLines() {}

  /** The line of an exchange that has just ended. */
  static AccessEntry of(ClientStream stream, String flag, long nanos) {
    Exchange exchange = stream.exchange();
    ClientRequest request = stream.request();
    AccessEntry entry = new AccessEntry();
    // People and other logs go by the wall clock, and by the time of arrival.
    entry.epochMillis = System.currentTimeMillis() - TimeUnit.NANOSECONDS.toMillis(nanos);
    entry.requestId = exchange.id();
    entry.clientAddress = client(exchange, stream.connection());
    entry.method = request.method().name();
    entry.host = stream.host();
    entry.target = request.uri();
    entry.protocol = protocol(request.version());
    entry.routeId = exchange.route();
    entry.upstream = exchange.upstream();
    entry.endpoint = exchange.endpoint() == null ? null : exchange.endpoint().id();
    entry.status = exchange.status();
    entry.flag = flag;
    entry.detail = exchange.detail();
    entry.bytesIn = request.bytesRead();
    entry.bytesOut = stream.response().bytesWritten();
    entry.attempts = exchange.attempts();
    entry.totalNanos = nanos;
    time(entry, exchange.timing());
    return entry;
  }

  private static void time(AccessEntry entry, Timing timing) {
    entry.queueNanos = timing.queueNanos();
    entry.connectNanos = timing.connectNanos();
    entry.firstByteNanos = timing.firstByteNanos();
  }

  /** The line of bytes that never became a request. */
  static AccessEntry of(ClientConnection connection, Flag flag, int status) {
    AccessEntry entry = new AccessEntry();
    entry.epochMillis = System.currentTimeMillis();
    entry.clientAddress = connection.peer().address();
    entry.status = status;
    entry.flag = flag.name();
    return entry;
  }

  private static String client(Exchange exchange, ClientConnection connection) {
    String address = exchange.clientAddress();
    return address == null ? connection.peer().address() : address;
  }

  private static String protocol(HttpVersion version) {
    if (version == null) {
      return null;
    }
    return switch (version) {
      case HTTP_1_0 -> "HTTP/1.0";
      case HTTP_1_1 -> "HTTP/1.1";
      case HTTP_2 -> "HTTP/2";
    };
  }
}
