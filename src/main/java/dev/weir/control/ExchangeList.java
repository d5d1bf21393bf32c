package dev.weir.control;

import dev.weir.config.ObjectReader;
import dev.weir.config.Shape;
import dev.weir.exchange.Exchange;
import dev.weir.exchange.InFlight;
import dev.weir.node.Node;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Lists the exchanges of this node that are in flight, the oldest first: {@code limit} (1 to 1000;
 * default 100), and {@code id}, {@code route}, {@code upstream}, {@code endpoint} where only some
 * are wanted. {@code total} counts those that are not listed, too.
 */
final class ExchangeList implements Question {

  private static final int MAX = 1000;
  private static final int DEFAULT = 100;

  private final Node node;

  ExchangeList(Node node) {
    this.node = node;
  }

  @Override
  public String op() {
    return "exchange.list";
  }

  @Override
  public Action read(ObjectReader fields) {
    int limit = fields.optional("limit", DEFAULT, Shape.integer(1, MAX));
    String id = fields.optional("id", null, Shape.text());
    String route = fields.optional("route", null, Shape.text());
    String upstream = fields.optional("upstream", null, Shape.text());
    String endpoint = fields.optional("endpoint", null, Shape.text());
    Predicate<Exchange> wanted =
        exchange ->
            (id == null || id.equals(exchange.id()))
                && (route == null || route.equals(exchange.route()))
                && (upstream == null || upstream.equals(exchange.upstream()))
                && (endpoint == null || isAt(exchange, endpoint));
    return caller -> list(wanted, limit);
  }

  private static boolean isAt(Exchange exchange, String endpoint) {
    return exchange.endpoint() != null && exchange.endpoint().id().equals(endpoint);
  }

  private Future<JsonObject> list(Predicate<Exchange> wanted, int limit) {
    return InFlight.of(node).oldest(wanted, limit).map(this::answer);
  }

  private static long age(InFlight.Line line, long now) {
    return TimeUnit.NANOSECONDS.toMillis(now - line.startNanos());
  }

  private JsonObject answer(InFlight.Page page) {
    JsonArray exchanges = new JsonArray();
    long now =
        System.nanoTime(); // One for all lanes, so that the ages are in the order of the list.
    page.lines().forEach(line -> exchanges.add(line.json().put("ageMillis", age(line, now))));
    return new JsonObject()
        .put("version", node.snapshot().version())
        .put("node", node.id())
        .put("total", page.total())
        .put("exchanges", exchanges);
  }
}
