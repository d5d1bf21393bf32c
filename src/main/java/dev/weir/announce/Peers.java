package dev.weir.announce;

import dev.weir.bus.Addresses;
import dev.weir.cluster.Mesh;
import dev.weir.config.ObjectReader;
import dev.weir.config.Shapes;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The other nodes, to each of which goes what one of them has accepted. A node that starts asks one
 * that is there for all that it knows; when one joins, all that are there tell it what they know.
 */
final class Peers {

  /**
   * What the other nodes say to a notice.
   *
   * @param nodes how many have it
   * @param inFlight attempts under way at its endpoint on all of them
   */
  record Echo(int nodes, int inFlight) {
    private Echo plus(Echo other) {
      return new Echo(nodes + other.nodes, inFlight + other.inFlight);
    }
  }

  private static final Echo SILENCE = new Echo(0, 0);
  private static final String NOTICES = "notices";
  private static final String IN_FLIGHT = "inFlight";

  private final Vertx vertx;
  private final String self;
  private final Mesh mesh;
  private final DeliveryOptions patience;
  private MessageConsumer<Object> shared;
  private MessageConsumer<Object> own;

  /**
   * @param patienceMillis how long an answer may take
   */
  Peers(Vertx vertx, String self, Mesh mesh, long patienceMillis) {
    this.vertx = vertx;
    this.self = self;
    this.mesh = mesh;
    patience = new DeliveryOptions().setSendTimeout(patienceMillis);
  }

  private static String address(String node) {
    return Addresses.ANNOUNCED + "." + node;
  }

  /**
   * Begins.
   *
   * @param known all that this node knows
   * @param heard takes what another node tells; returns how much is under way there
   */
  Future<Void> start(Supplier<List<Notice>> known, Function<List<Notice>, Integer> heard) {
    return vertx
        .eventBus()
        .request(Addresses.ANNOUNCED, new JsonObject(), patience)
        .map(answer -> heard.apply(notices(answer.body())))
        .otherwise(0) // Nobody is there.
        .compose(asked -> listen(known, heard));
  }

  private Future<Void> listen(Supplier<List<Notice>> known, Function<List<Notice>, Integer> heard) {
    shared =
        vertx
            .eventBus()
            .consumer(Addresses.ANNOUNCED, question -> question.reply(json(known.get())));
    own = vertx.eventBus().consumer(address(self), notices -> answer(notices, heard));
    return Future.all(shared.completion(), own.completion()).mapEmpty();
  }

  private static void answer(Message<Object> message, Function<List<Notice>, Integer> heard) {
    message.reply(new JsonObject().put(IN_FLIGHT, heard.apply(notices(message.body()))));
  }

  Future<Void> stop() {
    return own == null
        ? Future.succeededFuture()
        : Future.join(shared.unregister(), own.unregister()).mapEmpty();
  }

  /** Tells every other node; never fails. */
  Future<Echo> tell(Notice notice) {
    List<Future<Echo>> asked = new ArrayList<>();
    for (String node : mesh.members()) {
      if (!node.equals(self)) {
        asked.add(tell(node, List.of(notice)));
      }
    }
    return Future.join(asked)
        .map(all -> asked.stream().map(Future::result).reduce(SILENCE, Echo::plus));
  }

  /** Tells one node; never fails. */
  Future<Echo> tell(String node, List<Notice> notices) {
    return vertx
        .eventBus()
        .<JsonObject>request(address(node), json(notices), patience)
        .map(answer -> new Echo(1, answer.body().getInteger(IN_FLIGHT)))
        .otherwise(SILENCE); // It hears of it again with the next heartbeat.
  }

  private static JsonObject json(List<Notice> notices) {
    return new JsonObject()
        .put(NOTICES, new JsonArray(notices.stream().map(Notice::toJson).toList()));
  }

  /** What does not look like notices is none. */
  private static List<Notice> notices(Object body) {
    return ObjectReader.parse(
        (JsonObject) body,
        fields -> fields.required(NOTICES, Shapes.list(Shapes.object(Notice::read))));
  }
}
