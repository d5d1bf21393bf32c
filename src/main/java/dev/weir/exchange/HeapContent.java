package dev.weir.exchange;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.vertx.core.impl.buffer.VertxByteBufAllocator;

/**
 * Moves pieces of bodies out of pooled memory before Vert.x sees them.
 *
 * <p>A Vert.x connection queues what arrives while it is paused, and forgets that queue when it is
 * closed: pooled memory in it would be lost. Vert.x copies each piece to the heap anyway, but only
 * when it leaves the queue; a piece that is there already is not copied again.
 */
@ChannelHandler.Sharable
public final class HeapContent extends ChannelInboundHandlerAdapter {

  /** Serves every connection. */
  public static final HeapContent HANDLER = new HeapContent();

  private HeapContent() {}

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    context.fireChannelRead(message instanceof HttpContent content ? onHeap(content) : message);
  }

  private static HttpContent onHeap(HttpContent content) {
    ByteBuf pooled = content.content();
    if (!pooled.isReadable()) {
      return content;
    }
    HttpContent copy = content.replace(onHeap(pooled));
    copy.setDecoderResult(content.decoderResult());
    content.release();
    return copy;
  }

  /** A copy of what can be read, in memory that nobody has to release. */
  public static ByteBuf onHeap(ByteBuf bytes) {
    int size = bytes.readableBytes();
    ByteBuf heap = VertxByteBufAllocator.DEFAULT.heapBuffer(size);
    return heap.writeBytes(bytes, bytes.readerIndex(), size);
  }
}
