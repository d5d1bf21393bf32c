package dev.weir.upstream;

import dev.weir.body.BodyGuard;
import dev.weir.exchange.Cancellable;
import dev.weir.exchange.ClientResponse;
import dev.weir.exchange.Exchange;
import dev.weir.exchange.Exchange.BodyKind;
import dev.weir.exchange.Flag;
import dev.weir.exchange.Lateness;
import dev.weir.exchange.LocalReply;
import dev.weir.exchange.Trouble;
import dev.weir.node.Endpoint;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.EventLoop;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpVersion;

/**
 * One try of an exchange at one endpoint, from the search for a connection to the end of the
 * response. The pumps carry the bytes; this class decides what each event means.
 *
 * <p>All methods run on the lane's event loop, but for {@link #cancel(Flag)}.
 */
final class Attempt extends Sweep.Entry implements Borrower, Cancellable, ResponseListener {

  /** For how many endpoints an exchange may fail to connect before it is given up. */
  private static final int MAX_ENDPOINTS = 3;

  private static final CharSequence KEEP_ALIVE = HttpHeaders.createOptimized("keep-alive");

  private static final CharSequence LINK = HttpHeaders.createOptimized("link");

  private final Lane lane;
  private final Exchange exchange;
  private final Endpoint endpoint;
  private EndpointPool pool;
  private final Rules rules;
  private final RetryPolicy retry; // null when there is none
  private final boolean further; // not the first of its exchange
  private final AttemptRecord record;
  private final ShownTransfer shown;
  private Patience patience;
  private Hedge hedge; // null when no other attempt is or will be under way

  private UpstreamConnection connection;
  private RequestPump requestPump;
  private ResponsePump responsePump;
  private long instant; // When a connection is asked for; 0 when it is not there within the call.
  private boolean again;
  private boolean over;

  /**
   * @param retry when the exchange is tried again; {@code null} for never
   */
  Attempt(Lane lane, Exchange exchange, EndpointPool pool, Rules rules, RetryPolicy retry) {
    this.lane = lane;
    this.exchange = exchange;
    this.endpoint = exchange.endpoint();
    this.pool = pool;
    this.rules = rules;
    this.retry = retry;
    this.further = exchange.attempts() > 1;
    this.record = new AttemptRecord(lane, endpoint, pool.attempts(), exchange.takeTrial(), further);
    this.shown = new ShownTransfer(lane.transfers());
  }

  void start() {
    long now = lane.clock().exact();
    record.begin(now);
    patience = new Patience(exchange, rules.timeouts(), retry, now);
    lane.sweep().add(this);
    if (hedge == null) {
      exchange.work(this);
    }
    if (!over && hedge == null) {
      exchange.flag(null);
      exchange.detail(null);
      exchange.timing().picked(now);
    }
    if (!over && isWithin(rules.limits().exceeded(endpoint.load(), further))) {
      if (retry != null && hedge == null) {
        startHedge();
      }
      instant = now;
      pool.acquire(this);
      instant = 0;
    }
  }

  private void startHedge() {
    boolean may = exchange.attempts() == 1 && exchange.body() == BodyKind.NONE;
    long nanos = may ? retry.hedgeNanos(exchange.method(), rules.firstBytes()) : -1;
    if (nanos >= 0) {
      hedge = new Hedge(lane, exchange, rules, this);
      hedge.start(nanos);
    }
  }

  /** A second attempt for the same exchange, at the endpoint that it is at now. */
  Attempt hedged(Endpoint endpoint) {
    Attempt other = new Attempt(lane, exchange, rules.pools().apply(endpoint), rules, retry);
    other.hedge = hedge;
    return other;
  }

  Endpoint endpoint() {
    return endpoint;
  }

  /** Refuses the exchange when there is too much of something. */
  private boolean isWithin(Limits.Limit exceeded) {
    if (exceeded != null) {
      exchange.detail(exceeded.label());
      fail(Flag.UO, exceeded.title());
    }
    return exceeded == null;
  }

  @Override
  public boolean mayWait() {
    return isWithin(rules.limits().exceededByWaiting(endpoint.load()));
  }

  Exchange exchange() {
    return exchange;
  }

  EventLoop loop() {
    return lane.loop();
  }

  @Override
  public boolean isOver() {
    return over;
  }

  // --- the connection

  @Override
  public void pendingUntil(long deadline) {
    patience.waitUntil(deadline);
  }

  @Override
  public void connecting() {
    record.connecting(lane.clock().exact());
  }

  @Override
  public void connectFailed(Throwable failure) {
    boolean slow = failure instanceof ConnectTimeoutException;
    Flag flag = slow ? Flag.UT : Flag.UF;
    if (slow) {
      ending().note(Lateness.CONNECT);
    }
    if (over || yields(flag)) {
      return;
    }
    if (exchange.attempts() < MAX_ENDPOINTS && (retry == null || rules.hasUntried(exchange))) {
      finish(flag);
      exchange.flag(flag);
      exchange.exclude();
      exchange.work(null);
      lane.balancers().send(exchange);
    } else {
      ending().trouble(Trouble.CONNECT_FAILURE, flag, null);
    }
  }

  @Override
  public void connected(UpstreamConnection connection) {
    this.connection = connection;
    long now = instant == 0 ? lane.clock().exact() : instant;
    exchange.timing().connected(now);
    record.connected(now, exchange.body() == BodyKind.NONE);
    patience.connected(now);
    if (connection.isActive()) {
      begin(connection.begin(this));
    } else {
      failed(new HttpClosedException("Connection was closed"));
    }
  }

  private void begin(Http1Channel channel) {
    requestPump = new RequestPump(this, channel, replay());
    responsePump = new ResponsePump(this, channel);
    requestPump.start();
    if (retry == null || exchange.attempts() >= retry.attempts()) {
      settle();
    }
  }

  /**
   * What keeps the body for another try, or has kept it for this one: an upstream that refuses may
   * have sent the exchange to one that tries nothing again. {@code null} when nothing does.
   */
  private Replay replay() {
    boolean more = retry != null && retry.attempts() > 1 && exchange.body() != BodyKind.NONE;
    return more ? Retrial.of(exchange, retry, rules).replay() : Retrial.kept(exchange);
  }

  /** There will be no other try: what was kept for it may go. */
  private void settle() {
    if (exchange.companion() instanceof Retrial retrial) {
      retrial.settle();
    }
  }

  // --- progress

  /** Bytes moved. */
  void progress() {
    patience.progress();
  }

  /** The last of the request's body went out. */
  void sent() {
    record.sent();
  }

  @Override
  public void head(ResponseHead head) {
    long now = lane.clock().exact();
    exchange.timing().firstByte(now);
    long nanos = record.answered(head.status(), requestPump.isEnded(), now);
    if (!connection.reused()) {
      connection.keepAlive(head.fields().get(KEEP_ALIVE));
    }
    if (head.status() < 200 || head.status() > 999) {
      fail(Flag.UP, "The upstream switched protocols without being asked");
      return;
    }
    record.accepted(head.status(), now);
    if (!Framing.persists(head)) {
      connection.spoil();
    }
    if (hedge == null || wins(head)) {
      if (retry != null && retry.measures() && nanos > 0) {
        rules.firstBytes().add(nanos);
      }
      progress();
      Trouble trouble = retry == null ? null : retry.troubleOf(head.status());
      if (trouble == null || !ending().dropped(head, trouble)) {
        settle();
        responsePump.head(head);
      }
    }
  }

  /** Whether the answer goes on: it is a good one, or there is no other attempt any more. */
  private boolean wins(ResponseHead head) {
    boolean good = head.status() < 500 && retry.troubleOf(head.status()) == null;
    if (good) {
      hedge.won(this);
      exchange.work(this);
      return !over; // The client may be gone.
    }
    boolean wins = !hedge.yields(this);
    if (!wins) {
      exchange.status(head.status());
      discard();
      exchange.status(0);
    }
    return wins;
  }

  /** Leaves the exchange to another attempt that is under way, if there is one. */
  boolean yields(Flag why) {
    boolean yields = hedge != null && hedge.yields(this);
    if (yields) {
      abandon(why);
    }
    return yields;
  }

  /** Another attempt was faster. */
  void lose() {
    if (!over) {
      record.lost();
      abandon(null);
    }
  }

  @Override
  public void continued() {
    requestPump.continued();
  }

  @Override
  public void writable() {
    requestPump.drained();
  }

  @Override
  public void chunk(Buffer chunk) {
    responsePump.chunk(chunk);
  }

  @Override
  public void end(io.netty.handler.codec.http.HttpHeaders trailers) {
    responsePump.end(trailers);
  }

  @Override
  public void earlyHints(io.netty.handler.codec.http.HttpHeaders hints) {
    if (exchange.endpoint() != endpoint) {
      return;
    }
    ClientResponse response = exchange.downstream().response();
    MultiMap links = HttpHeaders.headers();
    hints.getAll(LINK).forEach(link -> links.add(LINK, link)); // The only field that hints carry.
    if (!links.isEmpty() && exchange.downstream().request().version() != HttpVersion.HTTP_1_0) {
      response.writeEarlyHints(links);
    }
  }

  @Override
  public void readComplete() {
    responsePump.readComplete();
  }

  /** The response has reached its end and was handed to the client's side. */
  void responseEnded() {
    if (!requestPump.isEnded()) {
      abandon(null); // The server answered early: it will not take the rest of the request.
    }
    exchange.end(); // What is left of the request is the ingress's to read away from here on.
  }

  @Override
  public void exchanged() {
    if (!over) {
      finish(null);
      connection.release();
    }
  }

  // --- trouble

  @Override
  void check(long now) {
    if (patience.hasMoved()) {
      shown.update(exchange, requestPump, responsePump);
    }
    if (waitsForClient()) {
      record.waitsForClient(now);
    }
    Lateness late = patience.check(now, requestPump, responsePump);
    if (late != null) {
      ending().late(late);
    }
  }

  private AttemptEnd ending() {
    return new AttemptEnd(this, lane, rules, retry);
  }

  /** Whether the body may go on; answers the client when it may not. */
  boolean admits(BodyGuard.Verdict verdict) {
    boolean passes = verdict == BodyGuard.Verdict.PASS;
    if (!passes) {
      ending().stopped(verdict);
    }
    return passes;
  }

  /** Whether the next byte, of the request or of the response, is the client's to move. */
  boolean waitsForClient() {
    return hasBegun() && (requestPump.waitsForClient() || responsePump.waitsForClient());
  }

  /** Whether the endpoint had its share of the time until the deadline of the exchange. */
  boolean hadItsTime() {
    return !waitsForClient() && patience.isFair(record.waitsSince());
  }

  /** Whether the endpoint had its share of the time until the deadline of the try. */
  boolean hadItsTry() {
    return patience.isFairTry(record.waitsSince());
  }

  /** What it ends with is not the endpoint's fault. */
  void excuse() {
    record.excuse();
  }

  /** Whether a connection was lent to it. */
  boolean hasBegun() {
    return requestPump != null;
  }

  /** How much time the exchange has left, in nanoseconds. */
  long timeLeft() {
    return patience.left(lane.clock().exact());
  }

  /**
   * Leaves the exchange to another try.
   *
   * @param why what it ended with; {@code null} for a response
   */
  void leave(Flag why) {
    if (why == null && requestPump.isEnded()) {
      discard();
    } else {
      abandon(why);
    }
  }

  /** Whether the head of a response has come. */
  boolean hasHead() {
    return responsePump != null && responsePump.hasHead();
  }

  @Override
  public void failed(Throwable failure) {
    if (over) {
      return;
    }
    if (AttemptEnd.isBroken(failure) && mayRepeat()) {
      repeat();
    } else {
      ending().failed(failure);
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
        && exchange.body() == BodyKind.NONE
        && Framing.isIdempotent(exchange.method());
  }

  private void repeat() {
    UpstreamConnection dead = connection;
    again = true;
    connection = null;
    abandonPumps();
    requestPump = null;
    responsePump = null;
    record.disconnected();
    patience.disconnected();
    dead.close();
    pool = rules.pools().apply(endpoint); // The one before may be retired.
    pool.acquireFresh(this);
  }

  /** Leaves a response that nobody wants. */
  private void discard() {
    abandonPumps();
    finish(null);
    new Discard(lane, connection).start();
  }

  /** Gives up: answers the client, or cuts its connection when an answer is under way. */
  void fail(Flag flag, String detail) {
    if (!over && !yields(flag)) {
      abandon(flag);
      LocalReply.send(exchange, flag, detail);
    }
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
      if (hedge != null) {
        hedge.won(this); // There is no other, or it goes on without a client.
      }
      abandon(why);
      exchange.endCancelled(why);
    }
  }

  /**
   * Ends without a whole response.
   *
   * @param why the flag; {@code null} when nothing has failed
   */
  void abandon(Flag why) {
    UpstreamConnection lent = connection;
    abandonPumps();
    if (lent == null && pool.forget(this)) {
      record.excuse();
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

  /**
   * Leaves the lane's lists.
   *
   * @param why the attempt did not end with a whole response; {@code null} when it did
   */
  private void finish(Flag why) {
    over = true;
    lane.sweep().remove(this);
    shown.end(why == null);
    record.end(why, exchange.status());
  }
}
