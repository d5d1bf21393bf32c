package dev.weir.upstream;

import dev.weir.body.BodyGuard;
import dev.weir.exchange.Cancellable;
import dev.weir.exchange.Exchange;
import dev.weir.exchange.Flag;
import dev.weir.exchange.LocalReply;
import dev.weir.metrics.EndpointMetrics;
import dev.weir.node.Endpoint;
import dev.weir.transfer.Direction;
import dev.weir.transfer.Transfer;
import dev.weir.transfer.TransferWatch;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.EventLoop;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.impl.HttpClientStream;
import io.vertx.core.http.impl.HttpResponseHead;
import java.io.IOException;

/**
 * One try of an exchange at one endpoint, from the search for a connection to the end of the
 * response. The pumps carry the bytes; this class decides what each event means.
 *
 * <p>All methods run on the lane's event loop, but for {@link #cancel(Flag)}.
 */
final class Attempt implements Cancellable {

  /** For how many endpoints an exchange may fail to connect before it is given up. */
  private static final int MAX_ENDPOINTS = 3;

  private static final CharSequence KEEP_ALIVE = HttpHeaders.createOptimized("keep-alive");

  private static final CharSequence LINK = HttpHeaders.createOptimized("link");

  /** Neighbours in the {@link Sweep}'s list. */
  Attempt next;

  Attempt previous;

  private final Lane lane;
  private final Exchange exchange;
  private final Endpoint endpoint;
  private final EndpointPool pool;
  private final EndpointMetrics metrics;
  private final Timeouts timeouts;
  private final long requestDeadline;

  private UpstreamConnection connection;
  private HttpClientStream stream;
  private RequestPump requestPump;
  private ResponsePump responsePump;
  private Transfer transfer; // The large one that is shown; null when there is none.
  private long connectedAt;
  private long deadline;
  private boolean moved;
  private boolean streamClosed;
  private boolean again;
  private boolean over;

  Attempt(Lane lane, Exchange exchange, EndpointPool pool, Timeouts timeouts) {
    this.lane = lane;
    this.exchange = exchange;
    this.endpoint = exchange.endpoint();
    this.pool = pool;
    this.metrics = pool.attempts();
    this.timeouts = timeouts;
    this.requestDeadline = timeouts.requestDeadline(exchange.timing().start());
  }

  void start() {
    endpoint.load().begin();
    metrics.begin();
    lane.sweep().add(this);
    deadline = Timeouts.never(lane.clock().now());
    exchange.flag(null);
    exchange.timing().picked(lane.clock().exact());
    exchange.work(this);
    if (!over) {
      pool.acquire(this);
    }
  }

  Exchange exchange() {
    return exchange;
  }

  EventLoop loop() {
    return lane.loop();
  }

  boolean isOver() {
    return over;
  }

  // --- the connection

  void pendingUntil(long deadline) {
    this.deadline = deadline;
  }

  void refused(Flag flag, String detail) {
    fail(flag, detail);
  }

  void connectFailed(Throwable failure) {
    Flag flag = failure instanceof ConnectTimeoutException ? Flag.UT : Flag.UF;
    if (exchange.attempts() < MAX_ENDPOINTS) {
      finish(flag);
      exchange.flag(flag);
      exchange.exclude();
      exchange.work(null);
      lane.balancers().send(exchange);
    } else {
      fail(flag, null);
    }
  }

  void connected(UpstreamConnection connection) {
    this.connection = connection;
    long now = lane.clock().exact();
    connectedAt = now;
    metrics.acquired(exchange.timing().connectNanos());
    exchange.timing().connected(now);
    deadline = timeouts.firstByteDeadline(now);
    connection.open(lane.context(), this::readComplete).onComplete(this::opened, this::failed);
  }

  private void opened(HttpClientStream stream) {
    this.stream = stream;
    requestPump = new RequestPump(this, stream);
    responsePump = new ResponsePump(this, stream);
    stream.exceptionHandler(failure -> failed(stream, failure));
    stream.closeHandler(closed -> streamClosed(stream));
    stream.headHandler(this::head);
    stream.earlyHintsHandler(this::earlyHints);
    requestPump.start();
  }

  // --- progress

  /** Bytes moved: the wait for the next ones starts, with the next sweep. */
  void progress() {
    moved = true;
  }

  private void head(HttpResponseHead head) {
    long now = lane.clock().exact();
    exchange.timing().firstByte(now);
    metrics.firstByte(now - connectedAt);
    if (!connection.reused()) {
      connection.keepAlive(head.headers.get(KEEP_ALIVE));
    }
    endpoint.load().answered(head.statusCode, now - connectedAt, now);
    if (head.statusCode < 200 || head.statusCode > 999) {
      fail(Flag.UP, "The upstream switched protocols without being asked");
    } else {
      progress();
      if (!Framing.persists(head)) {
        connection.spoil();
      }
      responsePump.head(head);
    }
  }

  private void earlyHints(MultiMap hints) {
    HttpServerResponse response = exchange.downstream().response();
    MultiMap links = HttpHeaders.headers();
    hints.getAll(LINK).forEach(link -> links.add(LINK, link)); // The only field that hints carry.
    if (!links.isEmpty() && exchange.downstream().request().version() != HttpVersion.HTTP_1_0) {
      response.writeEarlyHints(links);
    }
  }

  /** The fields that are to follow the body of the request. */
  void trailers(MultiMap trailers) {
    connection.trailers(trailers);
  }

  private void readComplete() {
    if (responsePump != null && !over) {
      responsePump.readComplete();
    }
  }

  /** The response has reached its end and was handed to the client's side. */
  void responseEnded() {
    exchange.end();
    if (requestPump.isEnded()) {
      releaseWhenDone();
    } else {
      abandon(null); // The server answered early: it will not take the rest of the request.
    }
  }

  private void streamClosed(HttpClientStream closed) {
    if (closed == stream) {
      streamClosed = true;
      releaseWhenDone();
    }
  }

  private void releaseWhenDone() {
    if (!over && streamClosed && responsePump.isEnded()) {
      finish(null);
      connection.release();
    }
  }

  // --- trouble

  void checkDeadline(long now) {
    if (moved) {
      moved = false;
      deadline = nextDeadline(now);
      watch();
    }
    if (deadline - now < 0) {
      deadlinePassed();
    } else if (requestDeadline - now < 0) {
      fail(Flag.UT, "The request took longer than it may");
    }
  }

  /** Shows what is large, once a sweep. */
  private void watch() {
    TransferWatch watch = lane.transfers();
    if (responsePump.bytes() >= watch.minBytes()) {
      long bytes = responsePump.bytes();
      long total = responsePump.totalBytes();
      transfer = watch.show(transfer, exchange, Direction.DOWNLOAD, bytes, total);
    } else if (requestPump.bytes() >= watch.minBytes() && !requestPump.isEnded()) {
      long bytes = requestPump.bytes();
      long total = requestPump.totalBytes();
      transfer = watch.show(transfer, exchange, Direction.UPLOAD, bytes, total);
    } else {
      unwatch(true);
    }
  }

  private void unwatch(boolean whole) {
    if (transfer != null) {
      lane.transfers().end(transfer, whole);
      transfer = null;
    }
  }

  /** Until when that has to come which the exchange waits for now. */
  private long nextDeadline(long now) {
    if (responsePump.hasHead()) {
      return timeouts.idleDeadline(now);
    }
    if (requestPump.waitsForClient()) {
      return now + exchange.bodyTimeoutNanos();
    }
    return requestPump.isEnded() ? timeouts.firstByteDeadline(now) : timeouts.idleDeadline(now);
  }

  private void deadlinePassed() {
    if (connection == null) {
      pool.forget(this);
      fail(Flag.UO, "No connection became free in time");
    } else if (requestPump != null && requestPump.waitsForClient() && !responsePump.hasHead()) {
      refuse(Flag.RT, null);
    } else if (responsePump != null && responsePump.waitsForClient()) {
      fail(Flag.RT, "The client stopped reading");
    } else {
      fail(Flag.UT, null);
    }
  }

  /** A stream broke; one that was given up already has nothing more to say. */
  private void failed(HttpClientStream broken, Throwable failure) {
    if (broken == stream) {
      failed(failure);
    }
  }

  private void failed(Throwable failure) {
    if (over) {
      return;
    }
    boolean broken = failure instanceof IOException || failure instanceof HttpClosedException;
    if (broken && mayRepeat()) {
      repeat();
    } else {
      fail(broken ? Flag.UF : Flag.UP, null);
    }
  }

  /**
   * Whether the server closed an idle connection just as it was lent: the request died on a reused
   * connection before any byte of a response, it has no body that is gone by now, and sending it
   * twice does no harm (RFC 9110 section 9.2.2).
   */
  private boolean mayRepeat() {
    return !again
        && connection.reused()
        && (responsePump == null || !responsePump.hasHead())
        && exchange.body() == Exchange.BodyKind.NONE
        && Framing.isIdempotent(exchange.method());
  }

  private void repeat() {
    UpstreamConnection dead = connection;
    again = true;
    connection = null;
    stream = null;
    abandonPumps();
    requestPump = null;
    responsePump = null;
    streamClosed = false;
    moved = false;
    dead.close();
    pool.acquireFresh(this);
  }

  /** Whether the body may go on; answers the client when it may not. */
  boolean admits(BodyGuard.Verdict verdict) {
    switch (verdict) {
      case PASS -> {
        return true;
      }
      case TOO_LARGE -> refuse(Flag.PL, null);
      case INVALID -> invalid(exchange.guard());
    }
    return false;
  }

  /** When all of the body has come, the connection of the client may stay. */
  private void invalid(BodyGuard guard) {
    if (guard.isWhole()) {
      fail(Flag.BI, guard.problem());
    } else {
      refuse(Flag.BI, guard.problem());
    }
  }

  /** Gives up: answers the client, or cuts its connection when an answer is under way. */
  void fail(Flag flag, String detail) {
    if (!over) {
      abandon(flag);
      LocalReply.send(exchange, flag, detail);
    }
  }

  /** Refuses the rest of the request. */
  void refuse(Flag flag, String detail) {
    exchange.closing(true);
    fail(flag, detail);
  }

  @Override
  public void cancel(Flag why) {
    if (loop().inEventLoop()) {
      cancelHere(why);
    } else {
      loop().execute(() -> cancelHere(why));
    }
  }

  private void cancelHere(Flag why) {
    if (!over) {
      abandon(why);
      exchange.endCancelled(why);
    }
  }

  private void abandon(Flag why) {
    UpstreamConnection lent = connection;
    abandonPumps();
    if (lent == null) {
      pool.forget(this);
    }
    finish(why);
    if (lent != null) {
      lent.close();
    }
  }

  private void abandonPumps() {
    if (requestPump != null) {
      requestPump.abandon();
    }
    if (responsePump != null) {
      responsePump.abandon();
    }
  }

  /** Whether the endpoint is to blame, and not the client or the gateway. */
  private static boolean isTheirs(Flag why) {
    return why == Flag.UF || why == Flag.UP || why == Flag.UT;
  }

  /**
   * Leaves the lane's lists.
   *
   * @param why the attempt did not end with a whole response; {@code null} when it did
   */
  private void finish(Flag why) {
    over = true;
    unwatch(why == null);
    lane.sweep().remove(this);
    endpoint.load().end();
    if (why == null) {
      metrics.end(exchange.status());
    } else {
      metrics.fail(why);
      if (isTheirs(why)) {
        endpoint.load().failed(lane.clock().now());
      }
    }
  }
}
