package dev.weir.ingress;

import dev.weir.config.DrainConfig;
import dev.weir.config.ListenerConfig;
import dev.weir.exchange.Exchange;
import dev.weir.exchange.Flag;
import dev.weir.exchange.Trailers;
import dev.weir.exchange.Underway;
import dev.weir.ingress.filter.ForwardedHeaders;
import dev.weir.ingress.filter.RequestCheck;
import dev.weir.ingress.filter.TrustedProxies;
import dev.weir.ingress.route.HostPattern;
import dev.weir.metrics.ListenerMetrics;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpHeaders;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.impl.HttpServerConnection;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * One connection of a client, from accept to close: takes its requests one after the other and
 * watches over the time between them. All methods run on the connection's event loop.
 */
final class ClientConnection {

  /** How much of a request that was refused is read away before the connection is closed. */
  private static final long LINGER_BYTES = 1 << 20;

  private static final long LINGER_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** How long a client may take to read what there is of a response that can't be finished. */
  private static final long CUT_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  /** How long an exchange may be on its way from one role to the next before it counts as lost. */
  private static final long HANDOVER_NANOS = TimeUnit.SECONDS.toNanos(10);

  /** Neighbours in the {@link IngressLane}'s list. */
  ClientConnection next;

  ClientConnection previous;

  private final IngressLane lane;
  private final ListenerConfig config;
  private final HttpServerConnection http;
  private final ListenerMetrics metrics;
  private final Peer peer;
  private final RequestCheck check;
  private final boolean flagHeader;
  private TrustedProxies trusted;
  private ForwardedHeaders forwarded;
  private final ClientChannelHandler channelHandler = new ClientChannelHandler(this);
  private final ClientChannel channel;
  private final RequestDecoder decoder;
  private final ResponseEncoder encoder;
  private String authority; // That of the latest request.
  private String host;
  private ClientStream current;
  private long requests;
  private long heldAt; // When the current exchange was last seen to be with somebody.
  private long headSince;
  private long idleSince;
  private long lingerUntil;
  private long lingered;
  private long unsent;
  private long unsentSince;
  private boolean arriving; // Whether some of the next request is here.
  private boolean closing;
  private boolean closed; // Told to close, which it does when the client has read what it is due.
  private boolean broken;
  private boolean cut;
  private boolean cutChecked;

  ClientConnection(
      IngressLane lane, ListenerConfig config, HttpServerConnection http, RequestDecoder decoder) {
    this.lane = lane;
    this.config = config;
    this.http = http;
    this.metrics = lane.metrics().listener(config.host() + ":" + config.port());
    this.peer = Peer.of(http);
    this.check = new RequestCheck(config.maxHeaderCount());
    this.flagHeader = lane.intake().flagHeader();
    this.decoder = decoder;
    this.encoder = new ResponseEncoder();
    this.channel = new ClientChannel(this, http.context(), encoder);
    this.headSince = lane.now();
    this.idleSince = lane.now();
  }

  void open() {
    ChannelPipeline pipeline = http.channelHandlerContext().pipeline();
    pipeline.addBefore("httpDecoder", "weir", channelHandler);
    pipeline.replace("httpDecoder", "weir-decoder", decoder);
    pipeline.replace("httpEncoder", "weir-encoder", encoder);
    pipeline.replace("handler", "weir-channel", channel);
    lane.add(this);
    metrics.opened();
  }

  ListenerConfig config() {
    return config;
  }

  Peer peer() {
    return peer;
  }

  RequestCheck check() {
    return check;
  }

  /** The host in an authority: the same for most requests of a connection. */
  String hostOf(String authority) {
    if (!Objects.equals(authority, this.authority)) {
      this.authority = authority;
      host = HostPattern.hostOf(authority);
    }
    return host;
  }

  /** Writes the forwarded fields of this connection's requests. */
  ForwardedHeaders forwarded() {
    if (trusted != lane.intake().trusted()) {
      trusted = lane.intake().trusted();
      forwarded = new ForwardedHeaders(trusted, peer.address(), peer.scheme(), peer.port());
    }
    return forwarded;
  }

  /** Whether local replies name their flag. May be called anywhere. */
  boolean flagHeader() {
    return flagHeader;
  }

  EventLoop loop() {
    return http.context().nettyEventLoop();
  }

  /**
   * Whether the current response is the last because the gateway drains: not while further requests
   * are here already.
   */
  boolean drained() {
    return lane.draining() && channel.requests() <= requests;
  }

  /** The head of a response says that it is the last on this connection. */
  void announceClose() {
    closing = true;
  }

  /** The head of a request has come. */
  void request(IncomingRequest request) {
    if (closing) {
      return;
    }
    if (request.version() == null) {
      // Vert.x would answer in the version that the client made up.
      refuseUnread(Flag.BR, 505, "HTTP/1.1 505 HTTP Version Not Supported");
      return;
    }
    begin(request);
    accept(current);
  }

  private void accept(ClientStream stream) {
    try {
      lane.intake().accept(stream);
    } catch (RuntimeException e) {
      stream.exchange().endCancelled(Flag.DC); // Nobody else would end it.
      throw e;
    }
  }

  /** What has come can't be the head of a request. */
  void invalidRequest(IncomingRequest request, Throwable cause) {
    if (!closing) {
      begin(request);
      lane.intake().refuse(current, cause);
    }
  }

  private void begin(IncomingRequest request) {
    headSince = 0;
    heldAt = lane.now();
    arriving = false;
    unsent = 0;
    requests++;
    metrics.request();
    current = new ClientStream(this, request);
    current.exchange().closing(request.isLastByDefault());
  }

  /** An exchange is over: what is left of its request is read away, then the next may come. */
  void ended(ClientStream stream) {
    lane.intake().record(stream);
    if (current == stream) {
      current = null;
      idleSince = lane.now();
    }
    if (!broken && !stream.request().isEnded() && !stream.isCut()) {
      linger(stream.request());
    } else {
      goOn();
    }
  }

  /** The current request was read whole, and maybe answered. */
  void requestEnded() {
    if (current == null) {
      lingerUntil = 0;
      goOn();
    }
  }

  private void goOn() {
    if (closing || broken) {
      close();
    } else {
      channel.next();
      if (!channelHandler.isReading()) {
        noteHead();
      }
    }
  }

  private void linger(IncomingRequest request) {
    lingerUntil = lane.now() + LINGER_NANOS;
    lingered = 0;
    request.handler(this::discard);
    request.resume();
  }

  private void discard(Buffer chunk) {
    lingered += chunk.length();
    if (lingered > LINGER_BYTES) {
      close();
    }
  }

  /** The body of the current request can't be read any further. */
  void bodyBroken() {
    broken = true;
    if (current == null) {
      close();
    } else {
      current.exchange().cancel(Flag.BR);
    }
  }

  /** The body of the current request has ended with trailers. */
  void trailers(HttpHeaders trailers) {
    MultiMap kept = MultiMap.caseInsensitiveMultiMap();
    for (Map.Entry<String, String> field : trailers) {
      if (Trailers.mayPass(field.getKey())) {
        kept.add(field.getKey(), field.getValue());
      }
    }
    if (current != null) {
      current.exchange().trailers(kept.isEmpty() ? null : kept);
    }
  }

  /** What has been read is decoded: does it end within the head of the next request? */
  void noteHead() {
    if (current == null && lingerUntil == 0 && decoder.isInHead()) {
      arriving = true;
      headSince = headSince == 0 ? lane.now() : headSince;
    }
  }

  /** Shows what it has in flight. */
  void show(Underway underway) {
    if (current != null) {
      underway.look(current.exchange());
    }
  }

  /** Looks whether something has taken too long. */
  void check(long now) {
    if (closed) {
      checkUnsent(now);
    } else if (lingerUntil != 0) {
      closeIf(lingerUntil - now < 0);
    } else if (current != null) {
      checkHandover(current.exchange(), now);
    } else if (channelHandler.unsentBytes() > 0) {
      checkUnsent(now);
    } else if (headSince != 0 && late(headSince, config.headerTimeoutMillis(), now)) {
      refuseUnread(Flag.RT, 408, "HTTP/1.1 408 Request Timeout");
    } else if (lane.draining() && !arriving) {
      DrainConfig drain = lane.node().snapshot().config().drain();
      closeIf(late(Math.max(idleSince, lane.drainStart()), drain.idleGraceMillis(), now));
    } else if (headSince == 0) {
      closeIf(late(idleSince, config.idleTimeoutMillis(), now));
    }
  }

  /**
   * The client has not read the end of a response: as long as it goes on reading it is neither idle
   * nor late with its next request.
   */
  private void checkUnsent(long now) {
    if (cut) {
      if (cutChecked && now - unsentSince > CUT_NANOS) {
        closeNow();
      }
      cutChecked = true; // What waits is written before the next check, however late this one is.
      return;
    }
    long bytes = channelHandler.unsentBytes();
    if (bytes != unsent) {
      unsent = bytes;
      unsentSince = now;
    } else if (late(unsentSince, config.idleTimeoutMillis(), now)) {
      closeNow();
    }
    idleSince = now;
    headSince = headSince == 0 ? 0 : now;
  }

  private void checkHandover(Exchange exchange, long now) {
    if (!exchange.isOnItsWay()) {
      heldAt = now;
    } else if (now - heldAt > HANDOVER_NANOS) {
      exchange.giveUp();
    }
  }

  /** Answers what never became a request. */
  private void refuseUnread(Flag flag, int status, String statusLine) {
    closing = true;
    closed = true;
    unsentSince = lane.now();
    lane.intake().recordUnread(this, flag, status);
    channelHandler.reply(flagHeader ? statusLine + "\r\nweir-flag: " + flag : statusLine);
  }

  private static boolean late(long since, long millis, long now) {
    return now - since > TimeUnit.MILLISECONDS.toNanos(millis);
  }

  private void closeIf(boolean condition) {
    if (condition) {
      close();
    }
  }

  /** Closes when the client has read what it is due. */
  private void close() {
    if (!closed) {
      closing = true;
      closed = true;
      unsentSince = lane.now();
      channelHandler.closeWhenSent();
    }
  }

  void closed() {
    lane.remove(this);
    metrics.closed();
    if (current != null) {
      current.exchange().cancel(Flag.DC);
    }
  }

  /** The response can't be finished: the client has a moment to read what there is of it. */
  void cut() {
    if (loop().inEventLoop()) {
      cutHere();
    } else {
      loop().execute(this::cutHere);
    }
  }

  private void cutHere() {
    close();
    cut = true;
    unsentSince = System.nanoTime(); // The lane's clock may have stood still for long.
  }

  /** Closes at once, whatever the client has read. */
  void closeNow() {
    channelHandler.close();
  }
}
