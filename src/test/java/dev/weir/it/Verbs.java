package dev.weir.it;

import static dev.weir.it.Verb.Kind.ASKS;
import static dev.weir.it.Verb.Kind.CONFIGURES;
import static dev.weir.it.Verb.Kind.OPERATES;
import static dev.weir.it.Verb.Kind.TRIES;
import static dev.weir.it.Verb.name;
import static dev.weir.it.Verb.object;
import static dev.weir.it.Verb.text;
import static dev.weir.it.Verb.whole;
import static dev.weir.it.Verb.word;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** Every command. */
final class Verbs {
  private static final String FIRST = "127.0.0.1:1";
  private static final JsonObject BOGUS = new JsonObject().put("bogus", 1);

  private Verbs() {}

  /** A gateway with something of everything; no endpoint can be reached. */
  static GatewayConfig config() {
    JsonObject extra = new JsonObject().put("id", "extra").put("upstream", "main");
    return GatewayConfig.to(1, 2)
        .with("/routes/1", extra.put("match", new JsonObject().put("path", "/extra")))
        .with("/upstreams/main/circuitBreaker", new JsonObject())
        .with("/upstreams/main/health/mode", "off")
        .with("/upstreams/main/health/active", new JsonObject().put("type", "tcp"))
        .with("/upstreams/spare", GatewayConfig.upstream(3));
  }

  static List<Verb> all() {
    List<Verb> all = new ArrayList<>(asking());
    all.addAll(ofTheConfiguration());
    all.addAll(ofEndpoints());
    all.addAll(ofTheNode());
    return all;
  }

  private static List<Verb> asking() {
    Verb.Field upstream = new Verb.Field("upstream", false, List.of("none", 7, new JsonArray()));
    return List.of(
        Verb.of("upstream.list", ASKS, fields()),
        Verb.of("upstream.show", ASKS, main(), name("upstream")),
        Verb.of("endpoint.list", ASKS, main(), upstream),
        Verb.of("endpoint.show", ASKS, endpoint(), name("upstream"), name("endpoint")),
        Verb.of("route.list", ASKS, fields()),
        Verb.of("route.show", ASKS, fields("route", "extra"), name("route")),
        Verb.of(
            "exchange.list",
            ASKS,
            fields("limit", 5, "route", "all"),
            whole("limit", 1, 1001),
            text("id"),
            text("route"),
            text("upstream"),
            text("endpoint")),
        Verb.of("node.list", ASKS, fields()),
        Verb.of("stats", ASKS, fields()),
        Verb.of("config.get", ASKS, fields()),
        Verb.of("config.validate", ASKS, fields("config", fields()), object("config", true)),
        Verb.of("config.history", ASKS, fields("limit", 5), whole("limit", 1, 101)));
  }

  private static List<Verb> ofTheConfiguration() {
    JsonObject route = new JsonObject().put("id", "new").put("upstream", "main");
    JsonObject nowhere = route.copy().put("upstream", "none");
    Object secret = new JsonObject().put("control", new JsonObject().put("windowMillis", 5000));
    JsonObject whole = config().json();
    whole.remove("ingress");
    whole.remove("admin");
    whole.remove("accessLog");
    return List.of(
        Verb.of(
            "config.replace",
            CONFIGURES,
            fields("config", whole),
            object("config", true, BOGUS, fields("routes", 5), secret)),
        Verb.of(
            "config.patch",
            CONFIGURES,
            fields("patch", fields("drain", fields("idleGraceMillis", 500))),
            object(
                "patch",
                true,
                BOGUS,
                fields("drain", fields("idleGraceMillis", -1)),
                fields("upstreams", fields("main", fields("endpoints", 5))))),
        Verb.of(
            "config.rollback",
            CONFIGURES,
            fields("to", 1),
            new Verb.Field("to", true, List.of(0, 99, 1.5, "1", true))),
        Verb.of(
            "route.put",
            CONFIGURES,
            fields("route", route.put("match", new JsonObject())),
            object("route", true, BOGUS, fields("id", "x"), nowhere)),
        Verb.of("route.remove", CONFIGURES, fields("route", "extra"), name("route")),
        Verb.of(
            "upstream.add",
            CONFIGURES,
            fields("upstream", "new", "config", GatewayConfig.upstream(4)),
            new Verb.Field("upstream", true, List.of("main", "a b", "", 7, new JsonObject())),
            object("config", true, BOGUS, fields("endpoints", new JsonArray()))),
        Verb.of("upstream.remove", CONFIGURES, fields("upstream", "spare"), name("upstream")),
        Verb.of(
            "upstream.policy",
            CONFIGURES,
            main().put("policy", "random").put("balancer", fields("panicPercent", 40)),
            name("upstream"),
            word("policy", false),
            object("balancer", false)),
        Verb.of(
            "upstream.shadow",
            CONFIGURES,
            main().put("policy", "random"),
            name("upstream"),
            word("policy", false)));
  }

  private static List<Verb> ofEndpoints() {
    JsonObject added = fields("host", "127.0.0.1", "port", 5);
    return List.of(
        Verb.of(
            "endpoint.add",
            CONFIGURES,
            main().put("endpoint", added),
            name("upstream"),
            object(
                "endpoint", true, BOGUS, fields("host", "127.0.0.1"), added.copy().put("port", 1))),
        Verb.of("endpoint.remove", CONFIGURES, endpoint(), name("upstream"), name("endpoint")),
        Verb.of(
            "endpoint.weight",
            CONFIGURES,
            endpoint().put("weight", 5),
            name("upstream"),
            name("endpoint"),
            new Verb.Field("weight", true, List.of(-1, 1_000_001, 1.5, "1", true))),
        Verb.of(
            "endpoint.drain",
            CONFIGURES,
            endpoint().put("drain", true),
            name("upstream"),
            name("endpoint"),
            new Verb.Field("drain", false, List.of("true", 1, new JsonObject()))),
        Verb.of("endpoint.enable", CONFIGURES, endpoint(), name("upstream"), name("endpoint")),
        Verb.of("endpoint.disable", CONFIGURES, endpoint(), name("upstream"), name("endpoint")),
        Verb.of(
            "health.set",
            CONFIGURES,
            endpoint().put("health", "down"),
            name("upstream"),
            name("endpoint"),
            word("health", true)),
        Verb.of("health.probe", TRIES, endpoint(), name("upstream"), name("endpoint")));
  }

  private static List<Verb> ofTheNode() {
    Verb.Field endpoint = new Verb.Field("endpoint", false, List.of("none", 7, new JsonArray()));
    List<Verb> all = new ArrayList<>();
    for (String verb : List.of("open", "close", "disable", "reset")) {
      all.add(Verb.of("breaker." + verb, OPERATES, main(), name("upstream"), endpoint));
    }
    all.add(Verb.of("gateway.drain", OPERATES, fields()));
    all.add(Verb.of("gateway.resume", OPERATES, fields()));
    return all;
  }

  private static JsonObject main() {
    return fields("upstream", "main");
  }

  private static JsonObject endpoint() {
    return main().put("endpoint", FIRST);
  }

  static JsonObject fields(Object... keysAndValues) {
    JsonObject fields = new JsonObject();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      fields.put((String) keysAndValues[i], keysAndValues[i + 1]);
    }
    return fields;
  }
}
