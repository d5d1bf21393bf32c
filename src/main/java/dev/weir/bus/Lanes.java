package dev.weir.bus;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.EventExecutor;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * Which role has an instance on which event loop of this node.
 *
 * <p>A lane is the set of instances that share one event loop. A sender asks for {@link
 * #address(Role, int)} with the number of its own lane, and gets the address of the instance beside
 * it, or the shared address when that lane has none.
 */
public final class Lanes {

  /*
   * Every count is an element of an atomic array: instances join and leave from their own event
   * loops, senders read at every hop. A sender that reads a count just before it falls to zero sends
   * to an address that nobody consumes any more; for that the ingress keeps a deadline for every
   * exchange that it has handed over.
   */
  private final List<EventLoop> loops;
  private final AtomicIntegerArray[] instances = new AtomicIntegerArray[Role.values().length];
  private final String[][] addresses = new String[Role.values().length][];

  private Lanes(List<EventLoop> loops) {
    this.loops = loops;
    for (Role role : Role.values()) {
      instances[role.ordinal()] = new AtomicIntegerArray(loops.size() + 1);
      addresses[role.ordinal()] = addresses(role, loops.size());
    }
  }

  /** The lanes of a Vert.x instance: one for each of its event loops. */
  public static Lanes of(Vertx vertx) {
    List<EventLoop> loops = new ArrayList<>();
    for (EventExecutor loop : ((VertxInternal) vertx).nettyEventLoopGroup()) {
      loops.add((EventLoop) loop);
    }
    return new Lanes(List.copyOf(loops));
  }

  private static String[] addresses(Role role, int lanes) {
    String[] result = new String[lanes];
    for (int lane = 0; lane < lanes; lane++) {
      result[lane] = role.address() + "@" + lane;
    }
    return result;
  }

  /** How many event loops there are. */
  public int size() {
    return loops.size();
  }

  /** The lane of a context: the index of its event loop. */
  public int laneOf(Context context) {
    int lane = loops.indexOf(((ContextInternal) context).nettyEventLoop());
    if (lane < 0) {
      throw new IllegalStateException("context: not on an event loop of this Vert.x instance");
    }
    return lane;
  }

  /** The lane of an event loop; -1 when it is none of this Vert.x instance. */
  public int laneOf(EventLoop loop) {
    return loops.indexOf(loop);
  }

  /** Notes that an instance of {@code role} works on {@code lane}. */
  public void join(Role role, int lane) {
    instances[role.ordinal()].incrementAndGet(lane);
    instances[role.ordinal()].incrementAndGet(size());
  }

  /** Undoes one {@link #join}. */
  public void leave(Role role, int lane) {
    instances[role.ordinal()].decrementAndGet(lane);
    instances[role.ordinal()].decrementAndGet(size());
  }

  /** Whether an instance of {@code role} works on {@code lane}. */
  public boolean isOn(Role role, int lane) {
    return lane >= 0 && instances[role.ordinal()].get(lane) > 0;
  }

  /** The number of instances of {@code role} on this node. */
  public int count(Role role) {
    return instances[role.ordinal()].get(size());
  }

  /** The address of {@code role} on one lane, whether or not an instance is there. */
  public String laneAddress(Role role, int lane) {
    return addresses[role.ordinal()][lane];
  }

  /**
   * Where a sender on {@code lane} reaches {@code role}.
   *
   * @return the lane's own address, the shared one, or {@code null} when this node has no instance
   */
  public String address(Role role, int lane) {
    AtomicIntegerArray counts = instances[role.ordinal()];
    if (counts.get(lane) > 0) {
      return addresses[role.ordinal()][lane];
    }
    return counts.get(size()) > 0 ? role.address() : null;
  }
}
