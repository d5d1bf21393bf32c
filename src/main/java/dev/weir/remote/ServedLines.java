package dev.weir.remote;

import dev.weir.accesslog.AccessEntry;
import dev.weir.accesslog.AccessLog;
import dev.weir.exchange.Exchange;
import io.vertx.core.http.HttpHeaders;
import java.util.concurrent.TimeUnit;

/** Writes the lines of the access log for exchanges that this node serves for other nodes. */
final class ServedLines {

  private final AccessLog log;

  ServedLines(AccessLog log) {
    this.log = log;
  }

  /** Writes the line of an exchange that has ended, if it is wanted. Any thread may do so. */
  void record(Served served) {
    Exchange exchange = served.exchange();
    String flag = exchange.flag() == null ? null : exchange.flag().name();
    if (log.wants(exchange.status(), flag)) {
      log.offer(line(served, exchange, flag));
    }
  }

  private static AccessEntry line(Served served, Exchange exchange, String flag) {
    long nanos = System.nanoTime() - exchange.timing().start();
    AccessEntry entry = new AccessEntry();
    entry.epochMillis = System.currentTimeMillis() - TimeUnit.NANOSECONDS.toMillis(nanos);
    entry.requestId = exchange.id();
    entry.clientAddress = exchange.clientAddress();
    entry.method = exchange.method().name();
    entry.host = exchange.headers().get(HttpHeaders.HOST);
    entry.target = exchange.target();
    entry.protocol = "weir/" + served.peer();
    entry.routeId = exchange.route();
    entry.upstream = exchange.upstream();
    entry.endpoint = exchange.endpoint() == null ? null : exchange.endpoint().id();
    entry.status = exchange.status();
    entry.flag = flag;
    entry.detail = exchange.detail();
    entry.bytesIn = served.request().bytesRead();
    entry.bytesOut = served.response().bytesWritten();
    entry.attempts = exchange.attempts();
    entry.totalNanos = nanos;
    entry.queueNanos = exchange.timing().queueNanos();
    entry.connectNanos = exchange.timing().connectNanos();
    entry.firstByteNanos = exchange.timing().firstByteNanos();
    return entry;
  }
}
