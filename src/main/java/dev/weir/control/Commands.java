package dev.weir.control;

import dev.weir.config.ConfigException;
import dev.weir.config.ObjectReader;
import dev.weir.config.Shape;
import dev.weir.node.Node;
import dev.weir.protection.Protection;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
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
  private final Trust trust;

  Commands(Trust trust, List<Command> commands) {
    this.trust = trust;
    commands.forEach(command -> this.commands.put(command.op(), command));
    ops = Shape.word(List.copyOf(this.commands.keySet()));
  }

  /** Every command that a node understands. */
  static Commands of(Vertx vertx, Node node, Trust trust) {
    Changes changes = new Changes(node);
    LocalChanges local = new LocalChanges(vertx, node);
    Protection protection = Protection.of(vertx, node);
    return new Commands(
        trust,
        List.of(
            new UpstreamList(node),
            new UpstreamShow(node, protection),
            new EndpointList(node),
            new EndpointShow(node),
            new RouteList(node),
            new RouteShow(node),
            new ExchangeList(node),
            new NodeList(vertx, node),
            new ConfigGet(node),
            new ConfigValidate(vertx, node),
            new ConfigHistory(node),
            new ConfigReplace(vertx, node, changes),
            new ConfigPatch(changes),
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
            new EndpointEnable(changes),
            new EndpointDisable(changes),
            new HealthSet(changes),
            new HealthProbe(vertx, node),
            new BreakerOpen(node, protection, local),
            new BreakerClose(node, protection, local),
            new BreakerDisable(node, protection, local),
            new BreakerReset(node, protection, local),
            new Stats(node),
            new GatewayDrain(node, local),
            new GatewayResume(node, local)));
  }

  /** Carries out a message and says what to answer; never throws, and never fails. */
  Future<JsonObject> answer(Message<Object> message) {
    return Future.<Void>succeededFuture()
        .compose(begin -> trust.admit(message))
        .compose(this::run)
        .otherwise(failure -> refusal(failure).toJson());
  }

  private Future<JsonObject> run(Request request) {
    if (!isAllowed(request)) {
      return Future.failedFuture(Trust.forbidden());
    }
    return ObjectReader.parse(request.command(), this::read).run(request.caller());
  }

  private boolean isAllowed(Request request) {
    Object op = request.command().getValue("op");
    Command command = op instanceof String name ? commands.get(name) : null;
    return request.caller().mayChange() || command != null && command.asks();
  }

  private static Refusal refusal(Throwable failure) {
    if (failure instanceof ConfigException e) {
      return Refusal.of(e.problems());
    }
    if (failure instanceof Refusal refusal) {
      return refusal;
    }
    LOG.error("A control message failed", failure);
    return new Refusal(Refusal.INTERNAL, "see the log of the gateway", "");
  }

  private Command.Action read(ObjectReader fields) {
    String op = fields.required("op", ops);
    return op == null ? null : commands.get(op).read(fields);
  }
}
