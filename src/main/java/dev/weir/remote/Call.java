package dev.weir.remote;

import dev.weir.body.BodyGuard;
import dev.weir.exchange.Cancellable;
import dev.weir.exchange.ClientResponse;
import dev.weir.exchange.Exchange;
import dev.weir.exchange.Exchange.BodyKind;
import dev.weir.exchange.Flag;
import dev.weir.exchange.LocalReply;
import dev.weir.metrics.RemoteMetrics;
import dev.weir.metrics.RemoteMetrics.Result;
import dev.weir.node.Endpoint;
import dev.weir.node.Upstream;
import dev.weir.remote.Frame.Type;
import dev.weir.resilience.Trial;
import io.vertx.core.http.HttpMethod;
import java.util.HashSet;
import java.util.Set;

/**
 * An exchange of a client of this node that another node serves. Runs on the event loop of the
 * client's connection, but for {@link #cancel(Flag)}.
 *
 * <p>When the other node is lost before anything of a response has come, another one is asked if
 * that does no harm: the request can't have had an effect, because nothing was delivered or its
 * body was still here, or it may be sent twice. After that the client's connection is closed.
 */
final class Call implements Stream, Cancellable {

  /** How many nodes may be asked. */
  private static final int MAX_NODES = 3;

  private static final Set<HttpMethod> IDEMPOTENT =
      Set.of(
          HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS, HttpMethod.PUT, HttpMethod.DELETE);

  private final Door door;
  private final Exchange exchange;
  private final RemoteMetrics metrics;
  private final Set<String> asked = new HashSet<>();
  private Link link;
  private int number;
  private Upload upload;
  private Answer answer;
  private boolean over;

  Call(Door door, Exchange exchange) {
    this.door = door;
    this.exchange = exchange;
    this.metrics = door.outgoing();
  }

  void start() {
    metrics.begin();
    Trial local = exchange.takeTrial(); // For an attempt that is not made here.
    if (local != null) {
      local.cancel();
    }
    exchange.timing().picked(System.nanoTime());
    exchange.work(this);
    if (!over) {
      ask(Flag.UH, "No node of the cluster serves the upstream");
    }
  }

  /**
   * Asks a node.
   *
   * @param otherwise what it comes to when there is none
   */
  private void ask(Flag otherwise, String detail) {
    link = asked.size() < MAX_NODES ? door.pick(exchange.upstream(), asked) : null;
    if (link == null) {
      exchange.detail(otherwise == Flag.UH ? "no-node" : "node-lost");
      fail(otherwise, detail, otherwise == Flag.UH ? Result.UNSERVED : Result.BROKEN);
      return;
    }
    asked.add(link.peer);
    if (link.isBroken()) {
      broken("it can't be reached", true);
      return;
    }
    number = link.open(this);
    Link to = link;
    int stream = number;
    upload = new Upload(this, exchange, new Outlet(to, stream, 0));
    answer = new Answer(exchange, bytes -> to.credit(stream, bytes));
    boolean bodiless = exchange.body() == BodyKind.NONE;
    to.send(Type.HEAD, stream, bodiless, RequestHead.of(exchange), Frame.NOTHING);
  }

  boolean isOver() {
    return over;
  }

  @Override
  public void received(Frame frame) {
    switch (frame.type()) {
      case CREDIT -> credit(frame.credit());
      case HEAD -> head(frame);
      case DATA -> body(frame, frame.end() ? Ending.of(frame.required()) : null);
      case RESET -> reset(Ending.of(frame.required()));
      case REFUSED -> {
        link.close(number);
        ask(Flag.UH, "No node of the cluster takes the request");
      }
      case CONTINUE -> interim().writeContinue();
      case HINTS -> interim().writeEarlyHints(Fields.trailers(frame.required()));
      default -> throw new FrameException(frame.type() + " on a stream");
    }
  }

  private ClientResponse interim() {
    if (answer.isBegun()) {
      throw new FrameException("an interim response behind the final one");
    }
    return exchange.downstream().response();
  }

  private void credit(int bytes) {
    if (exchange.body() == BodyKind.NONE) {
      throw new FrameException("a credit for no body");
    }
    upload.credit(bytes);
  }

  private void head(Frame frame) {
    ResponseHead head = ResponseHead.of(frame.required());
    if (frame.end() != (head.end() != null)) {
      throw new FrameException("an end that says nothing");
    }
    answer.head(head);
    body(frame, head.end());
  }

  private void body(Frame frame, Ending ending) {
    answer.body(frame.body(), ending, this::endpoint);
    if (ending != null) {
      finish(answer.isReply() ? Result.REPLIED : Result.ANSWERED);
      exchange.end();
    }
  }

  /** What this node knows of an endpoint; {@code null} for nothing. */
  private Endpoint endpoint(String id) {
    Upstream upstream = door.node().snapshot().upstreams().get(exchange.upstream());
    if (upstream != null) {
      for (Endpoint endpoint : upstream.endpoints()) {
        if (endpoint.id().equals(id)) {
          return endpoint;
        }
      }
    }
    return null;
  }

  private void reset(Ending ending) {
    answer.note(ending, this::endpoint);
    fail(ending.flagOr(Flag.UF), null, Result.BROKEN);
  }

  /** Whether the body may go on; answers the client when it may not. */
  boolean admits(BodyGuard.Verdict verdict) {
    switch (verdict) {
      case PASS -> {
        return true;
      }
      case TOO_LARGE -> refuse(Flag.PL, null, true);
      case INVALID -> refuse(Flag.BI, exchange.guard().problem(), !exchange.guard().isWhole());
    }
    return false;
  }

  private void refuse(Flag flag, String detail, boolean closing) {
    exchange.closing(exchange.closing() || closing);
    giveUp(flag);
    fail(flag, detail, Result.CANCELLED);
  }

  private void giveUp(Flag why) {
    if (link != null) {
      link.send(Type.RESET, number, true, Ending.of(why), Frame.NOTHING);
    }
  }

  @Override
  public void broken(String why, boolean undelivered) {
    if (over) {
      return;
    }
    boolean begun = answer != null && (answer.isBegun() || upload.isBegun());
    boolean harmless =
        undelivered || exchange.body() != BodyKind.NONE || IDEMPOTENT.contains(exchange.method());
    String detail = "The node that serves the upstream was lost: " + why;
    if (harmless && !begun) {
      ask(Flag.UF, detail);
    } else {
      exchange.detail("node-lost");
      fail(Flag.UF, detail, Result.BROKEN);
    }
  }

  private void fail(Flag flag, String detail, Result result) {
    finish(result);
    if (answer != null) {
      answer.abandon();
    }
    LocalReply.send(exchange, flag, detail);
  }

  @Override
  public void cancel(Flag why) {
    if (door.loop().inEventLoop()) {
      cancelHere(why);
    } else {
      door.loop().execute(() -> cancelHere(why));
    }
  }

  private void cancelHere(Flag why) {
    if (!over) {
      giveUp(why);
      finish(Result.CANCELLED);
      exchange.endCancelled(why);
    }
  }

  private void finish(Result result) {
    over = true;
    exchange.work(null);
    if (link != null) {
      link.close(number);
    }
    long sent = upload == null ? 0 : upload.bytes();
    long received = answer == null ? 0 : answer.bytes();
    metrics.end(result, sent, received);
  }
}
