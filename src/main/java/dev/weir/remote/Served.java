package dev.weir.remote;

import dev.weir.exchange.Downstream;
import dev.weir.exchange.Exchange;
import dev.weir.exchange.Exchange.BodyKind;
import dev.weir.exchange.Flag;
import dev.weir.exchange.Underway;
import dev.weir.metrics.RemoteMetrics;
import dev.weir.metrics.RemoteMetrics.Result;
import dev.weir.remote.Frame.Type;
import io.netty.channel.EventLoop;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.TimeUnit;

/**
 * An exchange of a client of another node that this node serves: stands in for the client.
 *
 * <p>What a {@link Stream} does runs on the event loop of the link; what a {@link Downstream} does
 * may be called on any, and is carried over.
 */
final class Served implements Stream, Downstream {

  /** How long an exchange may be on its way from one role to the next before it counts as lost. */
  private static final long HANDOVER_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final Door door;
  private final Link link;
  private final int number;
  private final RemoteMetrics metrics;
  private final ServedRequest request;
  private final ServedResponse response;
  private final Outlet outlet;
  private final Exchange exchange;
  private volatile Flag reply;
  private volatile HttpVersion received;
  private volatile boolean cut;
  private Result result = Result.BROKEN;
  private long heldAt; // When the exchange was last seen to be with somebody.
  private boolean closed;

  Served(Door door, Link link, int number, RequestHead head, MultiMap fields) {
    this.door = door;
    this.link = link;
    this.number = number;
    this.metrics = door.incoming();
    this.request = new ServedRequest(this, head, fields);
    this.response = new ServedResponse(this);
    this.outlet = new Outlet(link, number, Window.BYTES);
    this.exchange = new Exchange(this, System.nanoTime());
    this.heldAt = exchange.timing().start();
    head.fill(exchange, fields);
  }

  /** Sends the exchange on its way. */
  void start() {
    metrics.begin();
    link.accept(number, this);
    exchange.retry(door.retry(exchange.route()));
    if (exchange.body() != BodyKind.NONE) {
      link.credit(number, Window.BYTES);
    }
    door.balancers().send(exchange);
  }

  @Override
  public EventLoop loop() {
    return door.loop();
  }

  /** Runs something on the event loop of the link: at once when it is the caller's. */
  void run(Runnable task) {
    if (loop().inEventLoop()) {
      task.run();
    } else {
      loop().execute(task);
    }
  }

  @Override
  public ServedRequest request() {
    return request;
  }

  @Override
  public ServedResponse response() {
    return response;
  }

  @Override
  public void filterResponse(Exchange exchange, HttpVersion version) {
    received = version;
  }

  @Override
  public void filterReply(Exchange exchange) {
    reply = exchange.flag();
  }

  @Override
  public void cut() {
    cut = true;
  }

  /** The head of the response, as the other node is to know it. */
  JsonObject head() {
    Flag flag = reply;
    return response
        .toJson()
        .put("closing", exchange.closing())
        .put("received", flag == null ? received.name() : null)
        .put("flag", flag == null ? null : flag.name())
        .put("affinity", exchange.affinity());
  }

  // --- what comes from the other node

  @Override
  public void received(Frame frame) {
    switch (frame.type()) {
      case DATA -> body(frame);
      case CREDIT -> credit(frame.credit());
      case RESET -> cancel(Ending.of(frame.required()).flagOr(Flag.DC), Result.CANCELLED);
      default -> throw new FrameException(frame.type() + " on a stream");
    }
  }

  private void body(Frame frame) {
    if (frame.end()) {
      exchange.trailers(Fields.trailers(frame.json()));
    }
    request.received(frame.body(), frame.end());
  }

  /** So many bytes of the request were used up. */
  void used(int grant) {
    if (!closed) {
      link.credit(number, grant);
    }
  }

  @Override
  public void broken(String why, boolean undelivered) {
    cancel(Flag.DC, Result.BROKEN);
  }

  private void cancel(Flag why, Result as) {
    result = as;
    close();
    exchange.cancel(why);
  }

  @Override
  public void show(Underway underway) {
    underway.look(exchange);
  }

  @Override
  public void check(long now) {
    if (!exchange.isOnItsWay()) {
      heldAt = now;
    } else if (now - heldAt > HANDOVER_NANOS) {
      exchange.giveUp();
    }
  }

  // --- what goes to the other node, on the event loop of the link

  void send(Type type, JsonObject json) {
    if (!closed) {
      link.send(type, number, false, json, Frame.NOTHING);
    }
  }

  void sendHead(JsonObject head, boolean now) {
    if (!closed) {
      outlet.head(head);
      if (now) {
        outlet.flush();
      }
    }
  }

  void sendBody(Buffer piece) {
    if (!closed) {
      outlet.write(piece);
    }
    response.sent(outlet.sent());
  }

  void sendLast(Buffer piece) {
    if (!closed) {
      outlet.add(piece);
    }
  }

  private void credit(int bytes) {
    outlet.credit(bytes);
    response.sent(outlet.sent());
    closeWhenSent();
  }

  @Override
  public void ended(Exchange exchange) {
    JsonObject ending = Ending.of(exchange, response.trailersJson());
    boolean whole = response.ended() && !cut;
    boolean replied = reply != null;
    door.record(this);
    run(() -> endHere(ending, whole, replied));
  }

  private void endHere(JsonObject ending, boolean whole, boolean replied) {
    if (closed) {
      return;
    }
    if (whole) {
      result = replied ? Result.REPLIED : Result.ANSWERED;
      outlet.end(ending);
      closeWhenSent();
    } else {
      link.send(Type.RESET, number, true, ending, Frame.NOTHING);
      close();
    }
  }

  private void closeWhenSent() {
    if (outlet.isClosed()) {
      close();
    }
  }

  private void close() {
    if (!closed) {
      closed = true;
      outlet.close();
      link.close(number);
      door.served();
      metrics.end(result, request.bytesRead(), outlet.sent());
    }
  }

  Exchange exchange() {
    return exchange;
  }

  /** The node that the client is connected to. */
  String peer() {
    return link.peer;
  }
}
