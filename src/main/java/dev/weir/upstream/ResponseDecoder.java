package dev.weir.upstream;

import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpHeadersFactory;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.vertx.core.http.impl.HttpUtils;
import io.vertx.core.http.impl.headers.HeadersMultiMap;

/**
 * Reads responses on a connection that carries one request at a time. Their header fields stand in
 * the map that a client is answered with, so that they need not be copied.
 */
final class ResponseDecoder extends HttpResponseDecoder {

  /** The largest piece in which a body is read; more of it waits in the socket. */
  private static final int MAX_CHUNK_BYTES = 65_536;

  /** The largest header block that an upstream may send. */
  private static final int MAX_HEADER_BYTES = 65_536;

  /** Empty maps cost next to nothing. */
  private static final HttpHeadersFactory FIELDS =
      new HttpHeadersFactory() {
        @Override
        public HttpHeaders newHeaders() {
          return HeadersMultiMap.httpHeaders(ResponseDecoder::validate);
        }

        @Override
        public HttpHeaders newEmptyHeaders() {
          return HeadersMultiMap.httpHeaders(ResponseDecoder::validate);
        }
      };

  private boolean answersHead;
  private boolean inHead;

  private static void validate(CharSequence name, CharSequence value) {
    if (name.length() == 0) {
      throw new IllegalArgumentException("A field without a name");
    }
    HttpUtils.validateHeader(name, value);
  }

  ResponseDecoder() {
    super(
        new HttpDecoderConfig()
            .setMaxHeaderSize(MAX_HEADER_BYTES)
            .setMaxChunkSize(MAX_CHUNK_BYTES)
            .setHeadersFactory(FIELDS)
            .setTrailersFactory(FIELDS));
  }

  /** Whether the next response answers HEAD, so that it has no body whatever its fields say. */
  void answersHead(boolean answersHead) {
    this.answersHead = answersHead;
  }

  /** Whether bytes have come that belong to no whole message, be it that they are not read yet. */
  boolean hasRest() {
    return inHead || actualReadableBytes() > 0;
  }

  /** Called behind the first line of a head. */
  @Override
  protected HttpMessage createMessage(String[] firstLine) {
    inHead = true;
    return super.createMessage(firstLine);
  }

  /** Called behind the last line of a head. */
  @Override
  protected boolean isContentAlwaysEmpty(HttpMessage response) {
    inHead = false;
    return answersHead || super.isContentAlwaysEmpty(response);
  }
}
