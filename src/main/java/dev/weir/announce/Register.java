package dev.weir.announce;

import dev.weir.cluster.Mesh;
import dev.weir.config.Announcement;
import dev.weir.config.EndpointConfig;
import dev.weir.config.ReportedLoadConfig;
import dev.weir.metrics.GatewayMetrics;
import dev.weir.node.Endpoint;
import dev.weir.node.Events;
import dev.weir.node.Node;
import dev.weir.node.Upstream;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.json.JsonObject;
import io.vertx.core.spi.cluster.ClusterManager;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * The endpoints that have announced themselves, kept in the node and told to the other nodes. Each
 * node counts for itself until when they hold, and looks for itself which members the cluster has.
 *
 * <p>Everything runs on the event loop that has called {@link #start()}.
 */
public final class Register {
  /** How often it looks what has expired, and who is gone. */
  private static final long LOOK_MILLIS = 250;

  /** So that shares follow reports within a second. */
  private static final int LOOKS_A_SHARE = 4;

  private final Vertx vertx;
  private final Node node;
  private final Signatures signatures;
  private final LongSupplier millis;
  private final Mesh mesh;
  private final Peers peers;
  private final Ledger ledger = new Ledger();
  private final Stamps stamps = new Stamps();
  private final Gate gate = new Gate(ledger, stamps);
  private final Map<String, ReportedShares> shares = new HashMap<>();
  private final LongAdder accepted = new LongAdder();
  private final LongAdder denied = new LongAdder();
  private final Mesh.Listener listener =
      new Mesh.Listener() {
        @Override
        public void changed(String upstream, String endpoint) {
          // What nodes say of endpoints is not what endpoints say.
        }

        @Override
        public void joined(String member) {
          context.runOnContext(turn -> greet(member));
        }
      };
  private Context context;
  private long timer;
  private int looks;

  /**
   * The register of a node; one is enough.
   *
   * @param signatures knows who has signed what
   * @param millis milliseconds since 1970
   */
  public Register(Vertx vertx, Node node, Signatures signatures, LongSupplier millis) {
    this.vertx = vertx;
    this.node = node;
    this.signatures = signatures;
    this.millis = millis;
    mesh = Mesh.of(vertx, node);
    long patience = node.snapshot().config().cluster().memberTimeoutMillis();
    peers = new Peers(vertx, node.id(), mesh, patience);
  }

  /** Begins, with what the other nodes know. */
  public Future<Void> start() {
    context = vertx.getOrCreateContext();
    timer = vertx.setPeriodic(LOOK_MILLIS, tick -> look());
    GatewayMetrics metrics = GatewayMetrics.of(node);
    metrics.counter("weir_announcements_total", "Announcements that were accepted.", accepted::sum);
    metrics.counter(
        "weir_announcements_refused_total", "Announcements that were refused.", denied::sum);
    if (!mesh.clustered()) {
      return Future.succeededFuture();
    }
    mesh.listen(listener);
    return peers.start(() -> ledger.notices(System.nanoTime()), this::hear);
  }

  /** Ends; the endpoints stay as they are. */
  public Future<Void> stop() {
    vertx.cancelTimer(timer);
    mesh.forget(listener);
    return peers.stop();
  }

  /** Counts an announcement that could not even be read, or was signed by nobody. */
  public void malformed() {
    denied.increment();
  }

  /**
   * Takes an announcement.
   *
   * @return once every node has it that could be reached: {@code endpoint}, {@code state}, {@code
   *     ttlMillis}, {@code nodes}, how many these are, and {@code inFlight}, the attempts that they
   *     have under way at the endpoint; fails with a {@link Denial}
   */
  public Future<JsonObject> accept(Announcement said) {
    return accept(Notice.of(said, ledger.nextStamp(said, millis.getAsLong())));
  }

  /** Takes a signed announcement; answers as {@link #accept(Announcement)} does. */
  public Future<JsonObject> accept(Signed signed) {
    return accept(Notice.of(signed, millis.getAsLong()));
  }

  private Future<JsonObject> accept(Notice notice) {
    Announcement said = notice.said();
    try {
      gate.check(notice, node.snapshot().config(), System.nanoTime(), millis.getAsLong());
    } catch (Denial e) {
      denied.increment();
      return Future.failedFuture(e);
    }
    accepted.increment();
    Announcement before = ledger.known(said);
    int busy = take(notice);
    if (!said.isLoad() && (before == null ? !said.isWithdrawn() : !isSame(before, said))) {
      report(said, said.state());
    }
    return peers.tell(notice).map(echo -> answer(said, busy, echo));
  }

  private static boolean isSame(Announcement before, Announcement said) {
    return before.state().equals(said.state()) && before.endpoint().equals(said.endpoint());
  }

  private static JsonObject answer(Announcement said, int busy, Peers.Echo echo) {
    return new JsonObject()
        .put("endpoint", said.endpoint().id())
        .put("state", said.state())
        .put("ttlMillis", said.ttlMillis())
        .put("nodes", 1 + echo.nodes())
        .put("inFlight", busy + echo.inFlight());
  }

  /** Takes what another node tells; returns how much is under way there. */
  private int hear(List<Notice> notices) {
    return notices.stream().mapToInt(this::hear).sum();
  }

  /** Whoever can send to the bus can say that he is a node: what was signed is looked at again. */
  private int hear(Notice notice) {
    try {
      Notice shown = notice.envelope() == null ? notice : opened(notice.envelope());
      gate.checkTold(shown, node.snapshot().config(), millis.getAsLong());
      return take(shown);
    } catch (RuntimeException e) {
      denied.increment();
      return 0;
    }
  }

  private Notice opened(JsonObject envelope) {
    return Notice.of(signatures.open(envelope), millis.getAsLong());
  }

  private int take(Notice notice) {
    Endpoint endpoint = find(notice.said());
    Announcement before = ledger.known(notice.said());
    if (!stamps.take(notice)) {
      return endpoint == null ? 0 : endpoint.load().inFlight();
    }
    if (notice.said().isLoad()) {
      weigh(notice.said());
    } else if (ledger.take(notice, System.nanoTime())) {
      if (changes(before, notice.said())) {
        node.announced(ledger.endpoints());
      }
      weigh(notice.said());
    }
    return endpoint == null ? 0 : endpoint.load().inFlight();
  }

  private static boolean changes(Announcement before, Announcement said) {
    EndpointConfig was = before == null ? null : before.endpoint();
    return said.isWithdrawn() ? was != null : !said.endpoint().equals(was);
  }

  private Endpoint find(Announcement said) {
    Upstream upstream = node.snapshot().upstreams().get(said.upstream());
    return upstream == null ? null : upstream.endpoint(said.endpoint().id());
  }

  private void greet(String member) {
    peers.tell(member, ledger.notices(System.nanoTime()));
  }

  private void weigh(Announcement said) {
    Upstream upstream = node.snapshot().upstreams().get(said.upstream());
    if (upstream != null && said.report() != null && !said.isWithdrawn()) {
      ReportedLoadConfig config = upstream.config().balancer().reportedLoad();
      shares
          .computeIfAbsent(upstream.name(), missing -> new ReportedShares())
          .take(said.endpoint().id(), said.report(), config, System.nanoTime());
    }
  }

  /** Puts in force what was reported; not with every report, because selectors are built anew. */
  private void share() {
    Map<String, Upstream> upstreams = node.snapshot().upstreams();
    shares.keySet().retainAll(upstreams.keySet());
    shares.forEach((name, each) -> share(upstreams.get(name), each));
  }

  private void share(Upstream upstream, ReportedShares each) {
    ReportedLoadConfig config = upstream.config().balancer().reportedLoad();
    long now = System.nanoTime();
    each.retain(upstream.endpoints().stream().map(Endpoint::id).toList());
    node.states().reported(upstream, endpoint -> each.percent(endpoint.id(), config, now));
  }

  private void look() {
    if (++looks % LOOKS_A_SHARE == 0) {
      share();
    }
    stamps.expire(millis.getAsLong());
    List<Announcement> expired = ledger.expire(System.nanoTime());
    ClusterManager manager = ((VertxInternal) vertx).clusterManager();
    List<Announcement> lost = manager == null ? List.of() : ledger.retain(manager.getNodes());
    if (!expired.isEmpty() || !lost.isEmpty()) {
      node.announced(ledger.endpoints());
      expired.forEach(each -> report(each, "expired"));
      lost.forEach(each -> report(each, "lost"));
    }
  }

  private void report(Announcement said, String state) {
    JsonObject event =
        new JsonObject()
            .put("upstream", said.upstream())
            .put("endpoint", said.endpoint().id())
            .put("state", state)
            .put("weight", said.endpoint().weight())
            .put("member", said.member());
    Events.publish(vertx, node, "announce", event);
  }
}
