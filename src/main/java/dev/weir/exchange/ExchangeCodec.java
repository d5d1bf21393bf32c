package dev.weir.exchange;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;

/**
 * Hands an exchange to its receiver by reference. It holds open streams, so it never leaves the
 * JVM.
 */
final class ExchangeCodec implements MessageCodec<Exchange, Exchange> {

  static final String NAME = "weir.exchange";

  @Override
  public Exchange transform(Exchange exchange) {
    return exchange;
  }

  @Override
  public void encodeToWire(Buffer buffer, Exchange exchange) {
    throw new UnsupportedOperationException("an exchange stays on its node");
  }

  @Override
  public Exchange decodeFromWire(int position, Buffer buffer) {
    throw new UnsupportedOperationException("an exchange stays on its node");
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public byte systemCodecID() {
    return -1;
  }
}
