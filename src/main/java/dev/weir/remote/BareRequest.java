package dev.weir.remote;

import io.netty.handler.codec.DecoderResult;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpFrame;
import io.vertx.core.http.HttpServerFileUpload;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.StreamPriority;
import io.vertx.core.net.HostAndPort;
import io.vertx.core.net.NetSocket;
import java.util.Set;

/**
 * A request without a connection: what Vert.x makes of one beyond its head and its body is not
 * there. No role needs it; it fails with {@link UnsupportedOperationException}.
 */
abstract class BareRequest implements HttpServerRequest {

  private static UnsupportedOperationException absent() {
    return new UnsupportedOperationException("The connection of the client is on another node");
  }

  @Override
  public final HttpServerRequest exceptionHandler(Handler<Throwable> handler) {
    return this;
  }

  @Override
  public final String scheme() {
    throw absent();
  }

  @Override
  public final HostAndPort authority() {
    throw absent();
  }

  @Override
  public final HostAndPort authority(boolean real) {
    throw absent();
  }

  @Override
  public final HttpServerRequest setParamsCharset(String charset) {
    throw absent();
  }

  @Override
  public final String getParamsCharset() {
    throw absent();
  }

  @Override
  public final MultiMap params(boolean semicolonIsNormalChar) {
    throw absent();
  }

  @Override
  public final String absoluteURI() {
    throw absent();
  }

  @Override
  public final String path() {
    throw absent();
  }

  @Override
  public final String query() {
    throw absent();
  }

  @Override
  public final Future<Buffer> body() {
    return Future.failedFuture(absent());
  }

  @Override
  public final Future<Void> end() {
    return Future.failedFuture(absent());
  }

  @Override
  public final Future<NetSocket> toNetSocket() {
    return Future.failedFuture(absent());
  }

  @Override
  public final Future<ServerWebSocket> toWebSocket() {
    return Future.failedFuture(absent());
  }

  @Override
  public final HttpServerRequest setExpectMultipart(boolean expect) {
    throw absent();
  }

  @Override
  public final boolean isExpectMultipart() {
    return false;
  }

  @Override
  public final HttpServerRequest uploadHandler(Handler<HttpServerFileUpload> handler) {
    throw absent();
  }

  @Override
  public final MultiMap formAttributes() {
    throw absent();
  }

  @Override
  public final String getFormAttribute(String name) {
    throw absent();
  }

  @Override
  public final HttpServerRequest customFrameHandler(Handler<HttpFrame> handler) {
    throw absent();
  }

  @Override
  public final HttpConnection connection() {
    throw absent();
  }

  @Override
  public final HttpServerRequest streamPriorityHandler(Handler<StreamPriority> handler) {
    throw absent();
  }

  @Override
  public final DecoderResult decoderResult() {
    return DecoderResult.SUCCESS;
  }

  @Override
  public final Cookie getCookie(String name) {
    throw absent();
  }

  @Override
  public final Cookie getCookie(String name, String domain, String path) {
    throw absent();
  }

  @Override
  public final Set<Cookie> cookies(String name) {
    throw absent();
  }

  @Override
  public final Set<Cookie> cookies() {
    throw absent();
  }
}
