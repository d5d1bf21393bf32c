package dev.weir.exchange;

import io.netty.buffer.ByteBuf;
import io.vertx.core.impl.buffer.VertxByteBufAllocator;

/**
 * Moves pieces of bodies out of pooled memory: what waits somewhere when its connection is closed
 * needs nobody to release it.
 */
public final class HeapContent {

  private HeapContent() {}

  /** A copy of what can be read, in memory that nobody has to release. */
  public static ByteBuf onHeap(ByteBuf bytes) {
    int size = bytes.readableBytes();
    ByteBuf heap = VertxByteBufAllocator.DEFAULT.heapBuffer(size);
    return heap.writeBytes(bytes, bytes.readerIndex(), size);
  }
}
