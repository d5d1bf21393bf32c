package dev.weir.ingress;

import io.netty.handler.codec.http.HttpMessage;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.VertxHttpRequestDecoder;

/** Reads requests as Vert.x does, and knows whether some of another one is here. */
final class RequestDecoder extends VertxHttpRequestDecoder {

  private boolean inHead;

  RequestDecoder(HttpServerOptions options) {
    super(options);
  }

  /**
   * Whether what has been read ends within a head. Empty lines between two requests are none of one
   * (RFC 9112 section 2.2). Only to be asked when all that was read has been decoded, and no body
   * is under way.
   */
  boolean isInHead() {
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
  protected boolean isContentAlwaysEmpty(HttpMessage request) {
    inHead = false;
    return super.isContentAlwaysEmpty(request);
  }
}
