package dev.weir.upstream;

import io.netty.buffer.ByteBuf;
import io.netty.channel.CombinedChannelDuplexHandler;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpHeadersFactory;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequestEncoder;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.vertx.core.http.impl.headers.HeadersMultiMap;

/**
 * Netty's codec of HTTP/1.1 for a connection that carries one request at a time. The header fields
 * of a response stand in the map that a client is answered with, so that they need not be copied.
 */
final class Http1Codec
    extends CombinedChannelDuplexHandler<HttpResponseDecoder, HttpRequestEncoder> {

  /** The largest piece in which a body is read; more of it waits in the socket. */
  static final int MAX_CHUNK_BYTES = 65_536;

  /** The largest header block that an upstream may send. */
  static final int MAX_HEADER_BYTES = 65_536;

  /** Validates names and values, unless Vert.x is told not to. */
  private static final HttpHeadersFactory FIELDS =
      new HttpHeadersFactory() {
        @Override
        public HttpHeaders newHeaders() {
          return HeadersMultiMap.httpHeaders();
        }

        @Override
        public HttpHeaders newEmptyHeaders() {
          return HeadersMultiMap.httpHeaders();
        }
      };

  private boolean head;

  Http1Codec() {
    init(new Decoder(), new Encoder());
  }

  /** Whether the next response answers HEAD, so that it has no body whatever its fields say. */
  void answersHead(boolean head) {
    this.head = head;
  }

  private final class Decoder extends HttpResponseDecoder {
    Decoder() {
      super(
          new HttpDecoderConfig()
              .setMaxHeaderSize(MAX_HEADER_BYTES)
              .setMaxChunkSize(MAX_CHUNK_BYTES)
              .setHeadersFactory(FIELDS));
    }

    @Override
    protected boolean isContentAlwaysEmpty(HttpMessage response) {
      return head || super.isContentAlwaysEmpty(response);
    }
  }

  private static final class Encoder extends HttpRequestEncoder {
    @Override
    protected void encodeHeaders(HttpHeaders headers, ByteBuf buffer) {
      if (headers instanceof HeadersMultiMap map) {
        map.encode(buffer, false);
      } else {
        super.encodeHeaders(headers, buffer);
      }
    }
  }
}
