package dev.weir.remote;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.HostAndPort;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.util.Set;

/**
 * A response without a connection: what Vert.x can do beyond a head, a body and interim responses
 * is not there. No role needs it; it fails with {@link UnsupportedOperationException}.
 */
abstract class BareResponse implements HttpServerResponse {

  private static UnsupportedOperationException absent() {
    return new UnsupportedOperationException("The connection of the client is on another node");
  }

  @Override
  public final HttpServerResponse exceptionHandler(Handler<Throwable> handler) {
    return this;
  }

  @Override
  public final HttpServerResponse setWriteQueueMaxSize(int bytes) {
    return this;
  }

  @Override
  public final HttpServerResponse closeHandler(Handler<Void> handler) {
    throw absent();
  }

  @Override
  public final HttpServerResponse endHandler(Handler<Void> handler) {
    throw absent();
  }

  @Override
  public final HttpServerResponse headersEndHandler(Handler<Void> handler) {
    throw absent();
  }

  @Override
  public final HttpServerResponse bodyEndHandler(Handler<Void> handler) {
    throw absent();
  }

  @Override
  public final HttpServerResponse putHeader(String name, String value) {
    headers().set(name, value);
    return this;
  }

  @Override
  public final HttpServerResponse putHeader(CharSequence name, CharSequence value) {
    headers().set(name, value);
    return this;
  }

  @Override
  public final HttpServerResponse putHeader(String name, Iterable<String> values) {
    headers().set(name, values);
    return this;
  }

  @Override
  public final HttpServerResponse putHeader(CharSequence name, Iterable<CharSequence> values) {
    headers().set(name, values);
    return this;
  }

  @Override
  public final HttpServerResponse putTrailer(String name, String value) {
    trailers().set(name, value);
    return this;
  }

  @Override
  public final HttpServerResponse putTrailer(CharSequence name, CharSequence value) {
    trailers().set(name, value);
    return this;
  }

  @Override
  public final HttpServerResponse putTrailer(String name, Iterable<String> values) {
    trailers().set(name, values);
    return this;
  }

  @Override
  public final HttpServerResponse putTrailer(CharSequence name, Iterable<CharSequence> values) {
    trailers().set(name, values);
    return this;
  }

  @Override
  public final Future<Void> write(String text, String charset) {
    return write(Buffer.buffer(text, charset));
  }

  @Override
  public final Future<Void> write(String text) {
    return write(Buffer.buffer(text));
  }

  @Override
  public final Future<Void> end(String text) {
    return end(Buffer.buffer(text));
  }

  @Override
  public final Future<Void> end(String text, String charset) {
    return end(Buffer.buffer(text, charset));
  }

  @Override
  public final Future<Void> sendFile(String file, long offset, long length) {
    return Future.failedFuture(absent());
  }

  @Override
  public final Future<Void> sendFile(FileChannel file, long offset, long length) {
    return Future.failedFuture(absent());
  }

  @Override
  public final Future<Void> sendFile(RandomAccessFile file, long offset, long length) {
    return Future.failedFuture(absent());
  }

  @Override
  public final int streamId() {
    return -1;
  }

  @Override
  public final Future<HttpServerResponse> push(
      HttpMethod method, HostAndPort authority, String path, MultiMap headers) {
    return Future.failedFuture(absent());
  }

  @Override
  public final Future<Void> reset(long code) {
    return Future.failedFuture(absent());
  }

  @Override
  public final Future<Void> writeCustomFrame(int type, int flags, Buffer payload) {
    return Future.failedFuture(absent());
  }

  @Override
  public final HttpServerResponse addCookie(Cookie cookie) {
    throw absent();
  }

  @Override
  public final Cookie removeCookie(String name, boolean invalidate) {
    throw absent();
  }

  @Override
  public final Set<Cookie> removeCookies(String name, boolean invalidate) {
    throw absent();
  }

  @Override
  public final Cookie removeCookie(String name, String domain, String path, boolean invalidate) {
    throw absent();
  }
}
