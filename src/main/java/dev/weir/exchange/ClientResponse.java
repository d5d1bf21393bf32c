package dev.weir.exchange;

import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;

/**
 * What a client is answered. Belongs to one thread at a time, that of whoever has the exchange.
 *
 * <p>Framing is its own affair: with {@link #end(Buffer)} as the first thing that is written it
 * adds {@code Content-Length} where there is none.
 */
public interface ClientResponse {

  /** The status; 200 until it is set. */
  void status(int status);

  /** A reason phrase other than that of the status. */
  void reason(String reason);

  /** Whether the body is sent in chunks, which HTTP/1.0 does not know. */
  void chunked(boolean chunked);

  boolean isChunked();

  /** The header fields, to be changed before the head is written. */
  MultiMap headers();

  /** Takes over a whole set of header fields, which belongs to the response from now on. */
  void headers(MultiMap fields);

  /** The fields behind the body. */
  MultiMap trailers();

  /** Asks the client for its body (RFC 9110 section 15.2.1). */
  void writeContinue();

  /**
   * Sends fields that the response will probably have (RFC 8297); drops them where the client does
   * not read what was sent before.
   */
  void writeEarlyHints(MultiMap fields);

  /** Sends the head on its own. */
  void writeHead();

  void write(Buffer piece);

  /** Sends the last piece of the body. */
  void end(Buffer piece);

  void end();

  /** Whether the client has to read before more is to be written. */
  boolean writeQueueFull();

  /** Called on {@link Downstream#loop()} when more may be written. */
  void drainHandler(Handler<Void> handler);

  boolean headWritten();

  /** How much of the body was written, in bytes. */
  long bytesWritten();
}
