package dev.weir.exchange;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Collects the exchanges of one lane that are in flight. Where an exchange has crossed to another
 * event loop, what that one writes may be seen a little late.
 */
public final class Underway {

  private final Predicate<Exchange> wanted;
  private final List<Exchange> found = new ArrayList<>();

  /**
   * @param wanted which ones
   */
  public Underway(Predicate<Exchange> wanted) {
    this.wanted = wanted;
  }

  /** Looks at one that has begun on the lane. */
  public void look(Exchange exchange) {
    if (!exchange.isEnded() && wanted.test(exchange)) {
      found.add(exchange);
    }
  }

  /**
   * The oldest of them.
   *
   * @param now the time in nanoseconds
   */
  public InFlight.Page page(int limit, long now) {
    List<InFlight.Line> lines =
        found.stream()
            .sorted((one, other) -> Long.compare(start(one) - now, start(other) - now))
            .limit(limit)
            .map(each -> new InFlight.Line(start(each), json(each)))
            .toList();
    return new InFlight.Page(found.size(), lines);
  }

  private static long start(Exchange exchange) {
    return exchange.timing().start();
  }

  private static JsonObject json(Exchange exchange) {
    String endpoint = exchange.endpoint() == null ? null : exchange.endpoint().id();
    return new JsonObject()
        .put("id", exchange.id())
        .put("client", exchange.clientAddress())
        .put("route", exchange.route())
        .put("upstream", exchange.upstream())
        .put("endpoint", endpoint)
        .put("attempts", exchange.attempts())
        .put("requestBytes", exchange.downstream().request().bytesRead())
        .put("responseBytes", exchange.downstream().response().bytesWritten());
  }
}
