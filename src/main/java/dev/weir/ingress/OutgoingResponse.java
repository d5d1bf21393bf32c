package dev.weir.ingress;

import dev.weir.exchange.DraftResponse;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.LastHttpContent;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.internal.buffer.BufferInternal;

/** A response as it goes out, written from the event loop of its connection or from another one. */
final class OutgoingResponse extends DraftResponse {

  /** How much may wait to be carried to the connection's event loop, in bytes. */
  private static final long FULL_BYTES = 64 << 10;

  /** What early hints count for on that way. */
  private static final int HINTS_BYTES = 8 << 10;

  private final ClientChannel channel;
  private final boolean answersHead;
  private final boolean old;
  private long bytes;

  /** What a writer elsewhere has handed over, and what of it was sent: one writes, one reads. */
  private volatile long handedOver;

  private volatile long sent;

  OutgoingResponse(ClientChannel channel, HttpMethod method, HttpVersion version) {
    this.channel = channel;
    this.answersHead = method == HttpMethod.HEAD;
    this.old = version == HttpVersion.HTTP_1_0;
  }

  @Override
  public void writeContinue() {
    interim(HttpResponseStatus.CONTINUE, HttpHeaders.headers(), 0);
  }

  @Override
  public void writeEarlyHints(MultiMap fields) {
    if (!isFull()) {
      interim(HttpResponseStatus.EARLY_HINTS, fields, HINTS_BYTES);
    }
  }

  private void interim(HttpResponseStatus interimStatus, MultiMap fields, int length) {
    if (!headWritten()) {
      send(
          null,
          new DefaultFullHttpResponse(
              io.netty.handler.codec.http.HttpVersion.HTTP_1_1,
              interimStatus,
              Unpooled.EMPTY_BUFFER,
              netty(fields),
              EmptyHttpHeaders.INSTANCE),
          length);
    }
  }

  @Override
  public void writeHead() {
    if (!headWritten()) {
      send(null, head(), 0);
    }
  }

  @Override
  public void write(Buffer piece) {
    HttpObject head = headWritten() ? null : head();
    bytes += piece.length();
    send(head, new DefaultHttpContent(netty(piece)), piece.length());
  }

  @Override
  public void end(Buffer piece) {
    bytes += piece.length();
    end(netty(piece), piece.length());
  }

  @Override
  public void end() {
    end(Unpooled.EMPTY_BUFFER, 0);
  }

  private void end(ByteBuf piece, int length) {
    if (headWritten()) {
      send(null, last(piece), length);
      return;
    }
    completeHead(length);
    send(
        null,
        new DefaultFullHttpResponse(
            version(),
            nettyStatus(),
            piece,
            netty(headers()),
            hasTrailers() ? netty(trailers()) : EmptyHttpHeaders.INSTANCE),
        length);
  }

  private LastHttpContent last(ByteBuf piece) {
    if (hasTrailers()) {
      return new DefaultLastHttpContent(piece, netty(trailers()));
    }
    return piece.isReadable()
        ? new DefaultLastHttpContent(piece)
        : LastHttpContent.EMPTY_LAST_CONTENT;
  }

  private HttpObject head() {
    completeHead(-1);
    return new DefaultHttpResponse(version(), nettyStatus(), netty(headers()));
  }

  /**
   * Adds what frames the response.
   *
   * @param length the size of its body; -1 where that is not known
   */
  private void completeHead(int length) {
    headIsWritten();
    MultiMap fields = headers();
    if (isChunked()) {
      fields.remove(HttpHeaders.CONTENT_LENGTH);
      fields.set(HttpHeaders.TRANSFER_ENCODING, HttpHeaders.CHUNKED);
    } else if (length >= 0 && hasBody() && !fields.contains(HttpHeaders.CONTENT_LENGTH)) {
      fields.set(HttpHeaders.CONTENT_LENGTH, Integer.toString(length));
    }
    if (old && !fields.contains(HttpHeaders.CONNECTION)) {
      fields.set(HttpHeaders.CONNECTION, HttpHeaders.KEEP_ALIVE);
    }
  }

  private boolean hasBody() {
    return !answersHead && status() != 204 && status() != 304;
  }

  private io.netty.handler.codec.http.HttpVersion version() {
    return old
        ? io.netty.handler.codec.http.HttpVersion.HTTP_1_0
        : io.netty.handler.codec.http.HttpVersion.HTTP_1_1;
  }

  private HttpResponseStatus nettyStatus() {
    return reason() == null
        ? HttpResponseStatus.valueOf(status())
        : new HttpResponseStatus(status(), reason());
  }

  /** What {@link HttpHeaders#headers()} makes are Netty's header fields as well. */
  private static io.netty.handler.codec.http.HttpHeaders netty(MultiMap fields) {
    return (io.netty.handler.codec.http.HttpHeaders) fields;
  }

  private static ByteBuf netty(Buffer piece) {
    return ((BufferInternal) piece).getByteBuf();
  }

  private void send(HttpObject head, HttpObject part, int length) {
    if (channel.inEventLoop()) {
      sendHere(head, part);
      return;
    }
    handedOver += length; // One thread at a time.
    channel.run(
        () -> {
          sendHere(head, part);
          sent += length;
          drained();
        });
  }

  private void sendHere(HttpObject head, HttpObject part) {
    if (head != null) {
      channel.sendLater(head, answersHead);
    }
    channel.send(part, answersHead);
  }

  @Override
  protected boolean isFull() {
    return handedOver - sent > FULL_BYTES || !channel.isWritable();
  }

  @Override
  public long bytesWritten() {
    return bytes;
  }
}
