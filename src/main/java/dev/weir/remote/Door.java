package dev.weir.remote;

import dev.weir.bus.Addresses;
import dev.weir.cluster.Mesh;
import dev.weir.config.RetryConfig;
import dev.weir.exchange.Exchange;
import dev.weir.exchange.ExchangeSender;
import dev.weir.exchange.InFlight;
import dev.weir.exchange.Underway;
import dev.weir.metrics.LaneMetrics;
import dev.weir.metrics.RemoteMetrics;
import dev.weir.node.Node;
import dev.weir.node.Upstream;
import dev.weir.remote.Frame.Type;
import io.netty.channel.EventLoop;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageProducer;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Where exchanges leave one event loop of this node for other nodes, and come in from them. */
final class Door implements InFlight.Lane {

  /** How often a sign of life is given where there are streams. */
  static final long PING_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  /** How many exchanges of other nodes may be under way here at a time. */
  static final int MAX_SERVED = 10_000;

  private final Vertx vertx;
  private final EventLoop loop;
  private final Node node;
  private final int number;
  private final ExchangeSender balancers;
  private final RemoteMetrics outgoing;
  private final RemoteMetrics incoming;
  private final ServedLines lines;
  private final RouteRetries retries;
  private final long silenceNanos;
  private final Links links;
  private int served;
  private boolean closed;

  /**
   * @param number tells it apart from the other doors of the node
   */
  Door(
      Vertx vertx,
      EventLoop loop,
      Node node,
      Mesh mesh,
      int number,
      LaneMetrics metrics,
      ExchangeSender to) {
    this.vertx = vertx;
    this.loop = loop;
    this.node = node;
    this.links = new Links(this, mesh);
    this.number = number;
    this.balancers = to;
    this.outgoing = metrics.remote(RemoteMetrics.OUT);
    this.incoming = metrics.remote(RemoteMetrics.IN);
    this.lines = new ServedLines(node.accessLog());
    this.retries = new RouteRetries(node);
    long silence = node.snapshot().config().cluster().memberTimeoutMillis();
    this.silenceNanos = TimeUnit.MILLISECONDS.toNanos(silence);
  }

  /** The address of a door. */
  static String address(String node, int door) {
    return Addresses.REMOTE + "." + node + "." + door;
  }

  // --- what links and streams need

  MessageProducer<Buffer> producer(String address) {
    return vertx.eventBus().sender(address);
  }

  /** What tells it apart from the other doors of the node. */
  int number() {
    return number;
  }

  EventLoop loop() {
    return loop;
  }

  Node node() {
    return node;
  }

  long now() {
    return System.nanoTime();
  }

  /** For how long a node with streams may say nothing. */
  long silenceNanos() {
    return silenceNanos;
  }

  ExchangeSender balancers() {
    return balancers;
  }

  /** For exchanges that other nodes serve. */
  RemoteMetrics outgoing() {
    return outgoing;
  }

  /** For exchanges of other nodes. */
  RemoteMetrics incoming() {
    return incoming;
  }

  /** When a request of a route is tried once more; {@code null} for as its upstream says. */
  RetryConfig retry(String route) {
    return retries.of(route);
  }

  void record(Served stream) {
    lines.record(stream);
  }

  // --- out

  /**
   * The link to the node that is to serve an exchange.
   *
   * @param but the nodes that are not to be asked
   * @return {@code null} when there is none
   */
  Link pick(String upstream, Set<String> but) {
    return links.pick(upstream, but);
  }

  /** A link is broken. */
  void lost(Link link, String why) {
    links.lost(link, why);
  }

  // --- in

  /** Something has come at the address of this door. */
  void receive(Object message) {
    Link link = null;
    try {
      Frame frame = Frame.decode(message);
      link = links.of(frame);
      if (link != null) {
        link.receive(frame);
      }
    } catch (FrameException e) {
      incoming.refusedFrame();
      if (link != null) {
        link.fail("it has sent " + e.getMessage(), false);
      }
    }
  }

  /** Another node wants an exchange to be served. */
  void serve(Link link, Frame frame) {
    RequestHead head = RequestHead.of(frame.required());
    MultiMap fields = Fields.of(head.fields());
    boolean none = head.bodyKind() == Exchange.BodyKind.NONE;
    if (frame.end() != none || frame.body().length() > 0) {
      throw new FrameException("a head that does not know whether there is a body");
    }
    if (closed || served >= MAX_SERVED || !serves(head.upstream())) {
      link.send(Type.REFUSED, frame.stream());
      return;
    }
    served++;
    new Served(this, link, frame.stream(), head, fields).start();
  }

  private boolean serves(String name) {
    Upstream upstream = node.snapshot().upstreams().get(name);
    return upstream != null && upstream.config().remote();
  }

  @Override
  public Future<InFlight.Page> oldest(Predicate<Exchange> wanted, int limit) {
    Promise<InFlight.Page> page = Promise.promise();
    loop.execute(
        () -> {
          Underway underway = new Underway(wanted);
          links.show(underway);
          page.complete(underway.page(limit, now()));
        });
    return page.future();
  }

  /** An exchange of another node is over. */
  void served() {
    served--;
  }

  // --- the end

  /** Time has passed. */
  void tick() {
    links.tick(now());
  }

  /** Whether no exchange is under way through here. */
  boolean isIdle() {
    return links.isIdle();
  }

  /** From now on no exchange comes in. */
  void close() {
    closed = true;
  }

  /** Breaks every link that is left. */
  void breakLinks() {
    links.breakAll();
  }
}
