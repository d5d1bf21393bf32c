package dev.weir.control;

import dev.weir.config.ConfigException;
import dev.weir.config.ObjectReader;
import dev.weir.config.Problem;
import dev.weir.config.Shape;
import dev.weir.node.Node;
import dev.weir.protection.Protection;
import dev.weir.resilience.State;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.logging.Logger;
import io.vertx.core.internal.logging.LoggerFactory;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The commands by name, and how a message becomes an answer. */
final class Commands {

  private static final Logger LOG = LoggerFactory.getLogger(Commands.class);

  private final Map<String, Command> commands = new LinkedHashMap<>();
  private final Shape<String> ops;

  Commands(List<Command> commands) {
    commands.forEach(command -> this.commands.put(command.op(), command));
    ops = Shape.word(List.copyOf(this.commands.keySet()));
  }

  /** Every command that a node understands. */
  static Commands of(Vertx vertx, Node node) {
    Changes changes = new Changes(node);
    Protection protection = Protection.of(vertx, node);
    return new Commands(
        List.of(
            new UpstreamList(node),
            new UpstreamShow(node, protection),
            new RouteList(node),
            new ConfigGet(node),
            new ConfigValidate(node),
            new ConfigHistory(node),
            new ConfigRollback(node, changes),
            new RoutePut(changes),
            new RouteRemove(changes),
            new UpstreamAdd(changes),
            new UpstreamRemove(changes),
            new UpstreamPolicy(changes),
            new UpstreamShadow(changes),
            new EndpointAdd(changes),
            new EndpointRemove(changes),
            new EndpointWeight(changes),
            new EndpointDrain(changes),
            new BreakerForce("breaker.open", State.FORCED_OPEN, node, protection),
            new BreakerForce("breaker.close", State.FORCED_CLOSED, node, protection),
            new BreakerForce("breaker.disable", State.DISABLED, node, protection),
            new BreakerForce("breaker.reset", State.CLOSED, node, protection),
            new Stats(node),
            new GatewayDrain(vertx, node)));
  }

  /** Carries out a message and says what to answer; never throws, and never fails. */
  Future<JsonObject> answer(Object message) {
    return Future.<Void>succeededFuture()
        .compose(begin -> parse(message).run())
        .otherwise(failure -> refusal(message, failure).toJson());
  }

  private static Refusal refusal(Object message, Throwable failure) {
    if (failure instanceof ConfigException e) {
      return Refusal.of(e.problems());
    }
    if (failure instanceof Refusal refusal) {
      return refusal;
    }
    LOG.error("A control message failed: " + message, failure);
    return new Refusal(Refusal.INTERNAL, "see the log of the gateway", "");
  }

  private Command.Action parse(Object message) {
    if (message instanceof JsonObject json) {
      return ObjectReader.parse(json, this::read);
    }
    String type = message == null ? "null" : message.getClass().getSimpleName();
    throw Refusal.of(List.of(new Problem("", type, "a JSON object")));
  }

  private Command.Action read(ObjectReader fields) {
    String op = fields.required("op", ops);
    return op == null ? null : commands.get(op).read(fields);
  }
}
