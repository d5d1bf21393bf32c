package dev.weir.upstream;

import dev.weir.exchange.ExchangeSender;
import dev.weir.metrics.LaneMetrics;
import dev.weir.transfer.TransferWatch;
import io.netty.channel.EventLoop;
import io.vertx.core.internal.ContextInternal;

/**
 * What the attempts of one upstream client share.
 *
 * @param context the context of the verticle, on whose event loop everything runs
 * @param clock the coarse clock
 * @param balancers where an exchange goes to be tried at another endpoint
 * @param sweep watches the deadlines
 * @param transfers shows large transfers
 * @param wheel wakes what waits for a short while
 * @param observers hear how attempts end
 * @param metrics where the lane counts
 */
record Lane(
    ContextInternal context,
    Clock clock,
    ExchangeSender balancers,
    Sweep sweep,
    TransferWatch transfers,
    Wheel wheel,
    Observers observers,
    LaneMetrics metrics) {

  EventLoop loop() {
    return context.nettyEventLoop();
  }
}
