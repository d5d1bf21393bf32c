package dev.weir.exchange;

import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;

/**
 * What a client asks for. Its body flows, and is lost where nobody listens, until it is paused.
 *
 * <p>Handlers are called on {@link Downstream#loop()}; every method may be called anywhere.
 */
public interface ClientRequest {

  HttpMethod method();

  /** {@code null} for a version that the gateway does not speak. */
  HttpVersion version();

  /** The target as the client sent it. */
  String uri();

  MultiMap headers();

  /** Takes the pieces of the body. */
  void handler(Handler<Buffer> handler);

  /** Called when the body is whole; the end counts as a piece. */
  void endHandler(Handler<Void> handler);

  /** No further piece is wanted for now. */
  void pause();

  /** All pieces are wanted. */
  void resume();

  /** So many more pieces are wanted. */
  void fetch(long pieces);

  /** How much of the body has come, in bytes. */
  long bytesRead();
}
