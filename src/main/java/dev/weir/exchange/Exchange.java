package dev.weir.exchange;

import dev.weir.body.BodyGuard;
import dev.weir.config.RetryConfig;
import dev.weir.node.Endpoint;
import dev.weir.node.Load;
import dev.weir.resilience.Trial;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

/**
 * One client request and all that happens to it until its response ends. Carried by reference from
 * role to role; see the package documentation for who may touch it when.
 */
public final class Exchange {

  private static final AtomicIntegerFieldUpdater<Exchange> ENDED =
      AtomicIntegerFieldUpdater.newUpdater(Exchange.class, "ended");

  private static final int UNDER_WAY = 0;
  private static final int REPLYING = 1;
  private static final int OVER = 2;

  private static final Endpoint[] NONE_TRIED = {};

  private static final AtomicReferenceFieldUpdater<Exchange, Load> SHADOW =
      AtomicReferenceFieldUpdater.newUpdater(Exchange.class, Load.class, "shadow");

  private static final AtomicReferenceFieldUpdater<Exchange, Trial> TRIAL =
      AtomicReferenceFieldUpdater.newUpdater(Exchange.class, Trial.class, "trial");

  private final Downstream downstream;
  private final Timing timing;

  private String id;
  private HttpMethod method;
  private String target;
  private MultiMap headers;
  private BodyKind body = BodyKind.NONE;
  private BodyGuard guard;
  private long bodyTimeoutNanos;
  private long minBytesPerSecond;
  private long rateWindowNanos;
  private String clientAddress;
  private String route;
  private String upstream;
  private boolean hostFromEndpoint;
  private RetryConfig retry;
  private Scout scout;

  private Endpoint endpoint;
  private Endpoint[] tried;
  private int attempts;
  private Companion companion;

  private int status;
  private Flag flag;
  private String detail;
  private boolean closing;

  private MultiMap trailers;
  private Buffer whole;
  private volatile Flag cancelled;
  private volatile Cancellable work;
  private volatile int ended;
  private volatile Load shadow;
  private volatile Trial trial;
  private String affinity;

  public Exchange(Downstream downstream, long startNanos) {
    this.downstream = downstream;
    this.timing = new Timing(startNanos);
  }

  /** How the body of a request is framed. */
  public enum BodyKind {
    /** There is no body. */
    NONE,
    /** {@code Content-Length} tells its size. */
    SIZED,
    /** Chunked, or of another version that needs no length. */
    STREAMED
  }

  public Downstream downstream() {
    return downstream;
  }

  public Timing timing() {
    return timing;
  }

  /** What the ingress found out, in one call, before the exchange leaves it. */
  public void request(
      String id, HttpMethod method, String target, MultiMap headers, BodyKind body) {
    this.id = id;
    this.method = method;
    this.target = target;
    this.headers = headers;
    this.body = body;
  }

  /** Where the request goes. */
  public void route(String route, String upstream, boolean hostFromEndpoint) {
    this.route = route;
    this.upstream = upstream;
    this.hostFromEndpoint = hostFromEndpoint;
  }

  /** The request id; {@code null} when the request was refused before it had one. */
  public String id() {
    return id;
  }

  public HttpMethod method() {
    return method;
  }

  /** Path and query as the upstream shall see them. */
  public String target() {
    return target;
  }

  public void target(String target) {
    this.target = target;
  }

  /** The request's header fields as the upstream shall see them. */
  public MultiMap headers() {
    return headers;
  }

  public BodyKind body() {
    return body;
  }

  /** Sets what watches over the body as it comes from the client. */
  public void guard(BodyGuard guard) {
    this.guard = guard;
  }

  /** What watches over the body; {@code null} when nothing has to. */
  public BodyGuard guard() {
    return guard;
  }

  public void bodyTimeoutNanos(long timeoutNanos) {
    this.bodyTimeoutNanos = timeoutNanos;
  }

  /** For how long the client may send nothing while its body is waited for. */
  public long bodyTimeoutNanos() {
    return bodyTimeoutNanos;
  }

  /** How fast the client has to be while it is waited for, measured over a window. */
  public void rate(long minBytesPerSecond, long windowNanos) {
    this.minBytesPerSecond = minBytesPerSecond;
    this.rateWindowNanos = windowNanos;
  }

  /** How fast the client has to be; 0 for no matter how. */
  public long minBytesPerSecond() {
    return minBytesPerSecond;
  }

  public long rateWindowNanos() {
    return rateWindowNanos;
  }

  /** The address of the client: the peer's, or what trusted proxies say of it. */
  public String clientAddress() {
    return clientAddress;
  }

  public void clientAddress(String clientAddress) {
    this.clientAddress = clientAddress;
  }

  /** The id of the route; {@code null} when there is none. */
  public String route() {
    return route;
  }

  /** The name of the upstream; {@code null} when there is no route. */
  public String upstream() {
    return upstream;
  }

  /** Sends the request to another upstream than its route says; leave for this one is no use. */
  public void divert(String upstream) {
    this.upstream = upstream;
    cancelTrial();
  }

  /** Whether {@code Host} becomes the endpoint's own address. */
  public boolean hostFromEndpoint() {
    return hostFromEndpoint;
  }

  /** When the request is tried once more; {@code null} for as its upstream says. */
  public RetryConfig retry() {
    return retry;
  }

  public void retry(RetryConfig retry) {
    this.retry = retry;
  }

  /**
   * A stand-in that asks a balancer for an endpoint other than the current one, while this exchange
   * goes on.
   */
  public Exchange scout(Scout scout) {
    Exchange standIn = new Exchange(downstream, timing.start());
    standIn.request(id, method, target, headers, body);
    standIn.route(route, upstream, hostFromEndpoint);
    standIn.clientAddress = clientAddress;
    standIn.endpoint = endpoint;
    standIn.tried = tried;
    standIn.exclude();
    standIn.scout = scout;
    return standIn;
  }

  /** Whether this only asks for an endpoint. */
  public boolean isScout() {
    return scout != null;
  }

  /** The endpoint of the current attempt; {@code null} before the first pick. */
  public Endpoint endpoint() {
    return endpoint;
  }

  /** Starts another attempt at an endpoint. */
  public void attempt(Endpoint endpoint) {
    this.endpoint = endpoint;
    attempts++;
  }

  /**
   * Another node has made attempts.
   *
   * @param endpoint that of the last one; {@code null} when it is not known here
   * @param attempts how many there were
   */
  public void attempted(Endpoint endpoint, int attempts) {
    this.endpoint = endpoint;
    this.attempts = attempts;
  }

  /** Of two attempts that are under way, the one at this endpoint speaks for the exchange. */
  public void attemptAt(Endpoint endpoint) {
    this.endpoint = endpoint;
  }

  /** How many attempts were made. */
  public int attempts() {
    return attempts;
  }

  /** Excludes the current endpoint from the next pick. */
  public void exclude() {
    exclude(endpoint);
  }

  /** Excludes an endpoint from the next pick. */
  public void exclude(Endpoint endpoint) {
    int n = tried == null ? 0 : tried.length;
    Endpoint[] next = new Endpoint[n + 1];
    for (int i = 0; i < n; i++) {
      next[i] = tried[i];
    }
    next[n] = endpoint;
    tried = next;
  }

  /** Lets every endpoint be picked again. */
  public void startOver() {
    tried = NONE_TRIED;
  }

  /** Whether an attempt at {@code endpoint} has failed. */
  public boolean tried(Endpoint endpoint) {
    if (tried != null) {
      for (Endpoint other : tried) {
        if (other == endpoint) {
          return true;
        }
      }
    }
    return false;
  }

  /** Whether the next pick is not the first. */
  public boolean retried() {
    return tried != null;
  }

  /** What stays with the exchange from one attempt to the next; {@code null} for nothing. */
  public Companion companion() {
    return companion;
  }

  public void companion(Companion companion) {
    this.companion = companion;
  }

  /** The {@code Set-Cookie} that binds the client to the endpoint; {@code null} for none. */
  public String affinity() {
    return affinity;
  }

  public void affinity(String setCookie) {
    this.affinity = setCookie;
  }

  /** Counts the exchange into a load that no traffic goes to, until it ends. */
  public void shadow(Load load) {
    load.begin();
    shadow = load;
    if (isEnded()) {
      endShadow();
    }
  }

  private void endShadow() {
    Load load = SHADOW.getAndSet(this, null);
    if (load != null) {
      load.end();
    }
  }

  /** Leave for one attempt; given back when the exchange ends before somebody takes it. */
  public void trial(Trial trial) {
    TRIAL.set(this, trial);
    if (isEnded()) {
      cancelTrial();
    }
  }

  /** The leave for the next attempt, to be held by the caller; {@code null} for none. */
  public Trial takeTrial() {
    return trial == null ? null : TRIAL.getAndSet(this, null);
  }

  private void cancelTrial() {
    Trial left = takeTrial();
    if (left != null) {
      left.cancel();
    }
  }

  /** The status that the client got, or would have got; 0 before there is one. */
  public int status() {
    return status;
  }

  public void status(int status) {
    this.status = status;
  }

  /** Why the exchange did not go as it should; {@code null} when it did. */
  public Flag flag() {
    return flag;
  }

  public void flag(Flag flag) {
    this.flag = flag;
  }

  /** A word that says more than the flag; {@code null} for none. */
  public String detail() {
    return detail;
  }

  public void detail(String detail) {
    this.detail = detail;
  }

  /** Whether the client's connection is closed after the response. */
  public boolean closing() {
    return closing;
  }

  public void closing(boolean closing) {
    this.closing = closing;
  }

  /** The fields behind the body of the request; {@code null} when there are none. */
  public MultiMap trailers() {
    return trailers;
  }

  public void trailers(MultiMap trailers) {
    this.trailers = trailers;
  }

  /** The body of the request where it was read whole; {@code null} where it was not. */
  public Buffer whole() {
    return whole;
  }

  public void whole(Buffer body) {
    this.whole = body;
  }

  /**
   * Tells the exchange, from any event loop, that the client's side has failed.
   *
   * @param why {@link Flag#DC} when the client went away, {@link Flag#BR} when its body is
   *     malformed, {@link Flag#DR} when it was {@link #giveUp() given up}
   */
  public void cancel(Flag why) {
    cancelled = why;
    Cancellable current = work;
    if (current != null) {
      current.cancel(why);
    }
  }

  /** Whether the client's side has failed. Ask before starting something for it. */
  public boolean isCancelled() {
    return cancelled != null;
  }

  /**
   * Registers what must stop when the client's side fails; tells it at once when that has happened.
   */
  public void work(Cancellable work) {
    this.work = work;
    Flag why = cancelled;
    if (why != null && work != null) {
      work.cancel(why);
    }
  }

  /** Ends an exchange whose client's side has failed, for a role that has not begun its work. */
  public void endCancelled() {
    endCancelled(cancelled);
  }

  /** Ends an exchange whose client's side has failed. */
  public void endCancelled(Flag why) {
    if (why != Flag.DC) {
      closing = true;
      LocalReply.send(this, why, null);
    } else if (!isEnded()) {
      flag = why;
      status = status == 0 ? why.status() : status;
      end();
    }
  }

  /** Tells whom it stands in for which endpoint was picked. */
  public void report() {
    scout.returned(endpoint, takeTrial(), affinity);
  }

  /**
   * Whether nobody has it: it is on its way from one role to the next, or is lost. May be called
   * anywhere.
   */
  public boolean isOnItsWay() {
    return work == null && !isEnded();
  }

  /**
   * Gives up what {@link #isOnItsWay() is on its way} for too long. Whoever takes it after all
   * finds it cancelled, and who has taken it at this moment is told: so it is either answered here
   * or goes on there.
   */
  public void giveUp() {
    cancel(Flag.DR);
    if (isOnItsWay()) {
      LocalReply.send(this, Flag.DR, "The exchange was lost inside the gateway");
    }
  }

  /** Lets one of those that would answer for the gateway do so. */
  boolean claim() {
    return ENDED.compareAndSet(this, UNDER_WAY, REPLYING);
  }

  /** Whether nothing more will happen. */
  public boolean isEnded() {
    return ended == OVER;
  }

  /** Ends the exchange; only the first call counts. */
  public void end() {
    if (scout != null) {
      cancelTrial();
      scout.returned(null, null, null);
    } else if (ENDED.getAndSet(this, OVER) != OVER) {
      work = null;
      if (shadow != null) {
        endShadow();
      }
      if (companion != null) {
        companion.ended();
      }
      if (trial != null) {
        cancelTrial();
      }
      downstream.ended(this);
    }
  }
}
