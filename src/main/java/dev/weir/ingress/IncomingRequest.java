package dev.weir.ingress;

import dev.weir.exchange.PacedRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.impl.headers.HeadersAdaptor;

/** A request as it comes in. What is not wanted yet waits here while the socket is not read. */
final class IncomingRequest extends PacedRequest {

  private final ClientChannel channel;
  private final OutgoingResponse response;

  IncomingRequest(ClientChannel channel, HttpRequest request) {
    super(
        HttpMethod.fromNetty(request.method()),
        version(request.protocolVersion()),
        request.uri(),
        fields(request.headers()),
        ALL);
    this.channel = channel;
    this.response = new OutgoingResponse(channel, method(), version());
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
    return version() == HttpVersion.HTTP_1_0
        && !headers().contains(HttpHeaderNames.CONNECTION, HttpHeaderValues.KEEP_ALIVE, true);
  }

  OutgoingResponse response() {
    return response;
  }

  @Override
  protected void run(Runnable task) {
    channel.run(task);
  }

  @Override
  protected void heldChanged() {
    channel.regulate();
  }

  @Override
  protected void handedAll() {
    channel.requestEnded(this);
  }
}
