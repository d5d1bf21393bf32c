package dev.weir.ingress;

import dev.weir.exchange.Exchange;
import dev.weir.exchange.InFlight;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Collects the exchanges of one lane that are in flight. Where an exchange has crossed to another
 * event loop, what that one writes may be seen a little late.
 */
final class Underway {

  private record Found(ClientStream stream, Exchange exchange) {}

  private final Predicate<Exchange> wanted;
  private final List<Found> found = new ArrayList<>();

  Underway(Predicate<Exchange> wanted) {
    this.wanted = wanted;
  }

  /** Looks at what a connection has. */
  void look(ClientStream stream) {
    Exchange exchange = stream.exchange();
    if (!exchange.isEnded() && wanted.test(exchange)) {
      found.add(new Found(stream, exchange));
    }
  }

  /**
   * The oldest of them.
   *
   * @param now the time in nanoseconds
   */
  InFlight.Page page(int limit, long now) {
    List<InFlight.Line> lines =
        found.stream()
            .sorted((one, other) -> Long.compare(start(one) - now, start(other) - now))
            .limit(limit)
            .map(each -> new InFlight.Line(start(each), json(each)))
            .toList();
    return new InFlight.Page(found.size(), lines);
  }

  private static long start(Found found) {
    return found.exchange.timing().start();
  }

  private static JsonObject json(Found found) {
    Exchange exchange = found.exchange;
    String endpoint = exchange.endpoint() == null ? null : exchange.endpoint().id();
    return new JsonObject()
        .put("id", exchange.id())
        .put("client", exchange.clientAddress())
        .put("route", exchange.route())
        .put("upstream", exchange.upstream())
        .put("endpoint", endpoint)
        .put("attempts", exchange.attempts())
        .put("requestBytes", found.stream.request().bytesRead())
        .put("responseBytes", found.stream.response().bytesWritten());
  }
}
