package dev.weir.upstream;

import dev.weir.exchange.Cancellable;
import dev.weir.exchange.Exchange;
import dev.weir.exchange.Flag;

/** An exchange between two tries. Runs on the lane's event loop, but for {@link #cancel}. */
final class BackoffWait extends Wheel.Wait implements Cancellable {

  private final Lane lane;
  private final Exchange exchange;
  private boolean over;

  BackoffWait(Lane lane, Exchange exchange) {
    this.lane = lane;
    this.exchange = exchange;
  }

  void start(long nanos) {
    lane.wheel().add(this, nanos);
    exchange.work(this);
  }

  @Override
  void over() {
    over = true;
    exchange.work(null);
    lane.balancers().send(exchange);
  }

  @Override
  public void cancel(Flag why) {
    if (lane.loop().inEventLoop()) {
      cancelHere(why);
    } else {
      lane.loop().execute(() -> cancelHere(why));
    }
  }

  private void cancelHere(Flag why) {
    if (!over) {
      over = true;
      lane.wheel().remove(this);
      exchange.endCancelled(why);
    }
  }
}
