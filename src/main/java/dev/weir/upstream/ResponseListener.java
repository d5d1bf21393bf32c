package dev.weir.upstream;

import io.netty.handler.codec.http.HttpHeaders;
import io.vertx.core.buffer.Buffer;

/** Whoever uses a connection for one request. Called on the connection's event loop. */
interface ResponseListener {

  /** The endpoint wants the body of the request. */
  void continued();

  /** Fields that the response will probably have. */
  void earlyHints(HttpHeaders fields);

  void head(ResponseHead head);

  void chunk(Buffer chunk);

  /** The body of the response is whole. */
  void end(HttpHeaders trailers);

  /** The request was sent whole and its response has come whole: the connection is free. */
  void exchanged();

  /** All that the socket held was passed on. */
  void readComplete();

  /** More of the request can be written. */
  void writable();

  /** Nothing more will come; never called after {@link #exchanged}. */
  void failed(Throwable failure);
}
