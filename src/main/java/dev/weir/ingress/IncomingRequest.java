package dev.weir.ingress;

import dev.weir.exchange.ClientRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.impl.headers.HeadersAdaptor;
import java.util.ArrayDeque;
import java.util.Queue;

/** A request as it comes in. What is not wanted yet waits here while the socket is not read. */
final class IncomingRequest implements ClientRequest {

  private static final long ALL = Long.MAX_VALUE;

  private final ClientChannel channel;
  private final HttpMethod method;
  private final HttpVersion version;
  private final String uri;
  private final MultiMap headers;
  private final OutgoingResponse response;
  private volatile Handler<Buffer> handler;
  private volatile Handler<Void> endHandler;
  private Queue<Buffer> pieces; // null while none had to wait
  private long demand = ALL;
  private long bytes;
  private boolean whole;
  private boolean ended;
  private boolean delivering;

  IncomingRequest(ClientChannel channel, HttpRequest request) {
    this.channel = channel;
    this.method = HttpMethod.fromNetty(request.method());
    this.version = version(request.protocolVersion());
    this.uri = request.uri();
    this.headers = fields(request.headers());
    this.response = new OutgoingResponse(channel, method, version);
  }

  /** The decoder of Vert.x makes fields that are a {@link MultiMap}, but for what is no request. */
  private static MultiMap fields(HttpHeaders fields) {
    return fields instanceof MultiMap map ? map : new HeadersAdaptor(fields);
  }

  private static HttpVersion version(io.netty.handler.codec.http.HttpVersion version) {
    if (version.equals(io.netty.handler.codec.http.HttpVersion.HTTP_1_1)) {
      return HttpVersion.HTTP_1_1;
    }
    boolean old = version.equals(io.netty.handler.codec.http.HttpVersion.HTTP_1_0);
    return old ? HttpVersion.HTTP_1_0 : null;
  }

  /** Whether the connection ends with this request unless the client says otherwise. */
  boolean isLastByDefault() {
    return version == HttpVersion.HTTP_1_0
        && !headers.contains(HttpHeaderNames.CONNECTION, HttpHeaderValues.KEEP_ALIVE, true);
  }

  OutgoingResponse response() {
    return response;
  }

  @Override
  public HttpMethod method() {
    return method;
  }

  @Override
  public HttpVersion version() {
    return version;
  }

  @Override
  public String uri() {
    return uri;
  }

  @Override
  public MultiMap headers() {
    return headers;
  }

  @Override
  public void handler(Handler<Buffer> handler) {
    this.handler = handler;
  }

  @Override
  public void endHandler(Handler<Void> handler) {
    this.endHandler = handler;
  }

  @Override
  public void pause() {
    channel.run(() -> demand = 0);
  }

  @Override
  public void resume() {
    fetch(ALL);
  }

  @Override
  public void fetch(long amount) {
    channel.run(
        () -> {
          demand = demand + amount < 0 ? ALL : demand + amount;
          deliver();
        });
  }

  /** A piece of the body has come. */
  void received(Buffer piece) {
    bytes += piece.length();
    if (demand > 0 && !delivering && !isHeld()) {
      hand(piece);
      return;
    }
    if (pieces == null) {
      pieces = new ArrayDeque<>();
    }
    pieces.add(piece);
    channel.regulate();
  }

  /** The body has come to its end. */
  void receivedAll() {
    whole = true;
    deliver();
  }

  /** Whether some of the body waits to be wanted. */
  boolean isHeld() {
    return pieces != null && !pieces.isEmpty();
  }

  private void deliver() {
    if (delivering) {
      return; // The handler has asked for more.
    }
    boolean held = isHeld();
    while (demand > 0 && isHeld()) {
      hand(pieces.remove());
    }
    if (demand > 0 && whole && !ended) {
      ended = true;
      if (endHandler != null) {
        endHandler.handle(null);
      }
      channel.requestEnded(this);
    }
    if (held) {
      channel.regulate();
    }
  }

  private void hand(Buffer piece) {
    demand -= demand == ALL ? 0 : 1;
    if (handler != null) {
      delivering = true;
      try {
        handler.handle(piece);
      } finally {
        delivering = false;
      }
    }
  }

  @Override
  public boolean isEnded() {
    return ended;
  }

  @Override
  public long bytesRead() {
    return bytes;
  }
}
