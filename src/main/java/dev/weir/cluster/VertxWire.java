package dev.weir.cluster;

import dev.weir.bus.Addresses;
import dev.weir.node.Events;
import dev.weir.node.Node;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.internal.logging.Logger;
import io.vertx.core.internal.logging.LoggerFactory;
import io.vertx.core.json.JsonObject;
import io.vertx.core.spi.cluster.ClusterManager;
import java.util.List;

/** The event bus of a clustered Vert.x. */
final class VertxWire implements Wire {

  private static final Logger LOG = LoggerFactory.getLogger(VertxWire.class);

  private final Vertx vertx;
  private final Node node;
  private final ClusterManager manager;
  private final DeliveryOptions patience;
  private volatile Context context;
  private MessageConsumer<Object> beats;
  private MessageConsumer<Object> questions;
  private long timer;

  /**
   * @param patienceMillis how long an answer may take
   */
  VertxWire(Vertx vertx, Node node, long patienceMillis) {
    this.vertx = vertx;
    this.node = node;
    manager = ((VertxInternal) vertx).clusterManager();
    patience = new DeliveryOptions().setSendTimeout(patienceMillis);
  }

  @Override
  public Future<Void> open(Mesh mesh, long lookMillis) {
    context = vertx.getOrCreateContext();
    EventBus bus = vertx.eventBus();
    beats = bus.consumer(Addresses.CLUSTER, beat -> mesh.hear(beat.body()));
    questions = bus.consumer(own(node.id()), question -> question.reply(mesh.page()));
    timer = vertx.setPeriodic(lookMillis, tick -> mesh.look());
    return Future.all(beats.completion(), questions.completion()).mapEmpty();
  }

  private static String own(String node) {
    return Addresses.CLUSTER + "." + node;
  }

  @Override
  public Future<Void> close() {
    vertx.cancelTimer(timer);
    context = null;
    return Future.join(beats.unregister(), questions.unregister()).mapEmpty();
  }

  @Override
  public void run(Runnable task) {
    Context own = context;
    if (own != null && own == Vertx.currentContext()) {
      task.run();
    } else if (own != null) {
      own.runOnContext(turn -> task.run());
    }
  }

  @Override
  public void publish(JsonObject beat) {
    vertx.eventBus().publish(Addresses.CLUSTER, beat);
  }

  @Override
  public Future<JsonObject> ask(String node) {
    return vertx
        .eventBus()
        .<JsonObject>request(own(node), new JsonObject(), patience)
        .map(answer -> answer.body());
  }

  @Override
  public long version() {
    return node.snapshot().version();
  }

  @Override
  public String member() {
    return manager.getNodeId();
  }

  @Override
  public List<String> members() {
    return manager.getNodes();
  }

  @Override
  public void report(String id, String state, int count) {
    LOG.info("Node " + id + " " + state + "; nodes: " + count);
    JsonObject event = new JsonObject().put("member", id).put("state", state);
    Events.publish(vertx, node, "member", event.put("members", count));
  }

  @Override
  public long nanos() {
    return System.nanoTime();
  }
}
