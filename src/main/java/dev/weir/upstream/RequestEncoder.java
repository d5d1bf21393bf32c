package dev.weir.upstream;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequestEncoder;
import io.vertx.core.http.impl.headers.HeadersMultiMap;

/** Writes requests. */
final class RequestEncoder extends HttpRequestEncoder {

  @Override
  protected void encodeHeaders(HttpHeaders headers, ByteBuf buffer) {
    if (headers instanceof HeadersMultiMap map) {
      map.encode(buffer, false);
    } else {
      super.encodeHeaders(headers, buffer);
    }
  }
}
