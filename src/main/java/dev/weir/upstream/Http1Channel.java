package dev.weir.upstream;

import dev.weir.exchange.HeapContent;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.MultiMap;
import io.vertx.core.VertxException;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.buffer.BufferInternal;
import io.vertx.core.net.impl.ShutdownEvent;

/**
 * Speaks HTTP/1.1 with an endpoint behind Netty's codec, for one user after the other.
 *
 * <p>It stands in the place of Vert.x' own handler, which makes a context, a stream, a queue and a
 * future for each request, and copies each header field and checks it anew. Interim responses that
 * nobody asked for are dropped (RFC 9110 section 15.2 lets a proxy do so).
 *
 * <p>A user that pauses still gets what one read of the socket held, which is at most 64 KiB.
 */
final class Http1Channel extends ChannelInboundHandlerAdapter {

  private static final HttpClosedException CLOSED =
      new HttpClosedException("Connection was closed");

  private final ContextInternal context;
  private final ResponseDecoder decoder;
  private ChannelHandlerContext channel;
  private ResponseListener user; // null between two requests
  private ResponseListener served; // Its response is whole; the connection is free after this read.
  private boolean interim;
  private boolean requestEnded;

  /**
   * @param context where users are told what comes
   * @param decoder that of the connection
   */
  Http1Channel(ContextInternal context, ResponseDecoder decoder) {
    this.context = context;
    this.decoder = decoder;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext channel) {
    this.channel = channel;
  }

  // --- what is sent

  /** From now on {@code user} hears of what comes. */
  void use(ResponseListener user) {
    this.user = user;
  }

  /**
   * Begins a request.
   *
   * @param fields its header fields, as they are to be sent but for the transfer coding
   * @param body the first piece of its body; {@code null} for none
   * @param end whether that is all
   */
  void send(
      HttpMethod method,
      String target,
      MultiMap fields,
      boolean chunked,
      ByteBuf body,
      boolean end) {
    HttpHeaders headers = (HttpHeaders) fields;
    if (chunked) {
      headers.set(
          io.vertx.core.http.HttpHeaders.TRANSFER_ENCODING, io.vertx.core.http.HttpHeaders.CHUNKED);
    }
    requestEnded = end;
    decoder.answersHead(method == HttpMethod.HEAD);
    if (end) {
      ByteBuf whole = body == null ? Unpooled.EMPTY_BUFFER : body;
      write(
          new DefaultFullHttpRequest(
              HttpVersion.HTTP_1_1,
              method.toNetty(),
              target,
              whole,
              headers,
              EmptyHttpHeaders.INSTANCE));
    } else {
      HttpObject head =
          new DefaultHttpRequest(HttpVersion.HTTP_1_1, method.toNetty(), target, headers);
      if (body == null) {
        write(head);
      } else {
        channel.write(head, channel.voidPromise());
        send(body);
      }
    }
  }

  /** Sends a piece of the body of a request. */
  void send(ByteBuf piece) {
    write(new DefaultHttpContent(piece));
  }

  /**
   * Ends the body of a request.
   *
   * @param trailers the fields behind it; {@code null} for none
   */
  void sendEnd(MultiMap trailers) {
    requestEnded = true;
    LastHttpContent last = LastHttpContent.EMPTY_LAST_CONTENT;
    if (trailers != null) {
      LastHttpContent extended = new DefaultLastHttpContent(Unpooled.EMPTY_BUFFER);
      trailers.forEach((name, value) -> extended.trailingHeaders().add(name, value));
      last = extended;
    }
    write(last);
  }

  private void write(HttpObject message) {
    channel.writeAndFlush(message, channel.voidPromise()); // What fails closes the connection.
  }

  boolean isWritable() {
    return channel.channel().isWritable();
  }

  // --- what comes

  void pause() {
    channel.channel().config().setAutoRead(false);
  }

  void resume() {
    channel.channel().config().setAutoRead(true);
  }

  boolean isActive() {
    return channel.channel().isActive();
  }

  /** Whether more has come than the response that has just ended. */
  boolean hasSurplus() {
    return decoder.hasRest();
  }

  /** Closes at once; nobody hears of it but the connection. */
  void close() {
    user = null;
    served = null;
    shut();
  }

  /**
   * Closes without wanting to read any more: with io_uring, a read asked for between a close and
   * the last write before it, as Netty does on a connection that is just open, holds the socket.
   */
  private void shut() {
    channel.channel().config().setAutoRead(false);
    channel.close();
  }

  @Override
  public void channelRead(ChannelHandlerContext channel, Object message) {
    ContextInternal before = context.beginDispatch();
    try {
      read((HttpObject) message);
    } finally {
      context.endDispatch(before);
      ReferenceCountUtil.release(message);
    }
  }

  private void read(HttpObject message) {
    if (message.decoderResult().isFailure()) {
      fail(message.decoderResult().cause());
      return;
    }
    if (message instanceof HttpResponse response) {
      if (response.protocolVersion().majorVersion() != 1) {
        fail(new VertxException("Not HTTP/1: " + response.protocolVersion(), true));
        return;
      }
      read(response);
    }
    if (message instanceof HttpContent content) {
      read(content);
    }
  }

  private void read(HttpResponse response) {
    int status = response.status().code();
    interim = status < 200 && status != 101;
    if (user == null) {
      shut(); // Nobody has asked.
    } else if (status == 100) {
      user.continued();
    } else if (status == 103) {
      user.earlyHints(response.headers());
    } else if (!interim) {
      user.head(
          new ResponseHead(
              version(response),
              status,
              response.status().reasonPhrase(),
              (MultiMap) response.headers()));
    }
  }

  private static io.vertx.core.http.HttpVersion version(HttpResponse response) {
    return response.protocolVersion().equals(HttpVersion.HTTP_1_0)
        ? io.vertx.core.http.HttpVersion.HTTP_1_0
        : io.vertx.core.http.HttpVersion.HTTP_1_1;
  }

  private void read(HttpContent content) {
    ByteBuf bytes = content.content();
    if (user != null && !interim && bytes.isReadable()) {
      user.chunk(BufferInternal.buffer(HeapContent.onHeap(bytes)));
    }
    if (content instanceof LastHttpContent last) {
      if (user != null && !interim) {
        end(last);
      }
      interim = false;
    }
  }

  private void end(LastHttpContent last) {
    user.end(last.trailingHeaders());
    if (user != null && requestEnded) { // It may have closed the connection by now.
      served = user;
      user = null; // More may follow in this read, which must not meet the next user.
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext channel) {
    if (user != null || served != null) {
      ContextInternal before = context.beginDispatch();
      try {
        readComplete();
      } finally {
        context.endDispatch(before);
      }
    } else if (hasSurplus()) {
      shut(); // Nobody has asked.
    }
  }

  private void readComplete() {
    ResponseListener free = served;
    served = null;
    if (free != null) {
      free.exchanged();
    } else {
      user.readComplete();
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext channel) {
    if (user != null && isWritable()) {
      ContextInternal before = context.beginDispatch();
      try {
        user.writable();
      } finally {
        context.endDispatch(before);
      }
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext channel, Throwable failure) {
    failHere(failure);
  }

  private void failHere(Throwable failure) {
    ContextInternal before = context.beginDispatch();
    try {
      fail(failure);
    } finally {
      context.endDispatch(before);
    }
  }

  private void fail(Throwable failure) {
    ResponseListener whole = served;
    ResponseListener waiting = user;
    served = null;
    user = null;
    shut();
    if (whole != null) {
      whole.exchanged();
    } else if (waiting != null) {
      waiting.failed(failure);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext channel) {
    failHere(CLOSED);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext channel, Object event) {
    if (event instanceof ShutdownEvent) {
      shut();
    }
  }
}
