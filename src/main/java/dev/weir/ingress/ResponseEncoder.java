package dev.weir.ingress;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.vertx.core.http.impl.headers.HeadersMultiMap;

/** Writes responses. A response to HEAD has no body whatever its fields say. */
final class ResponseEncoder extends HttpResponseEncoder {

  private boolean answersHead;

  /** Whether what is written next answers HEAD. */
  void answersHead(boolean answersHead) {
    this.answersHead = answersHead;
  }

  @Override
  protected boolean isContentAlwaysEmpty(HttpResponse response) {
    return answersHead || super.isContentAlwaysEmpty(response);
  }

  @Override
  protected void encodeHeaders(HttpHeaders headers, ByteBuf buffer) {
    if (headers instanceof HeadersMultiMap map) {
      map.encode(buffer, false);
    } else {
      super.encodeHeaders(headers, buffer);
    }
  }
}
