package dev.weir.exchange;

import dev.weir.bus.Lanes;
import dev.weir.bus.Role;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;

/**
 * Sends exchanges to the next role: to the instance on the sender's own event loop when there is
 * one.
 */
public final class ExchangeSender {

  private static final DeliveryOptions BY_REFERENCE =
      new DeliveryOptions().setLocalOnly(true).setCodecName(ExchangeCodec.NAME);

  private final EventBus bus;
  private final Lanes lanes;
  private final Role role;
  private final int lane;

  /**
   * @param role whom to send to
   * @param lane the lane of the sender
   */
  public ExchangeSender(Vertx vertx, Lanes lanes, Role role, int lane) {
    this.bus = vertx.eventBus();
    this.lanes = lanes;
    this.role = role;
    this.lane = lane;
    register(bus);
  }

  static void register(EventBus bus) {
    try {
      bus.registerCodec(new ExchangeCodec());
    } catch (IllegalStateException alreadyRegistered) {
      // The codec has no state: whoever came first registered the same.
    }
  }

  /**
   * Hands the exchange over: to who sends it to other nodes, when the role is missing here. When
   * nobody can take it, answers it.
   */
  public void send(Exchange exchange) {
    String here = lanes.address(role, lane);
    String address = here == null ? lanes.address(Role.REMOTE, lane) : here;
    if (address == null) {
      refuse(exchange, role);
    } else {
      bus.send(address, exchange, BY_REFERENCE);
    }
  }

  /** Answers an exchange that needs a role that is not there. */
  public static void refuse(Exchange exchange, Role missing) {
    LocalReply.send(exchange, Flag.DR, "No " + missing.label() + " is deployed on this node");
  }
}
