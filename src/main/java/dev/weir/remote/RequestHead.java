package dev.weir.remote;

import dev.weir.config.ConfigException;
import dev.weir.config.ObjectReader;
import dev.weir.config.Shape;
import dev.weir.config.Shapes;
import dev.weir.exchange.Exchange;
import dev.weir.exchange.Exchange.BodyKind;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the node that serves an exchange has to know of the request.
 *
 * @param id the request id
 * @param method the method
 * @param target path and query as the upstream shall see them
 * @param fields the header fields as the upstream shall see them, names and values in turn
 * @param body how the body is framed
 * @param version that of the client
 * @param client the address of the client
 * @param route the id of the route
 * @param upstream the name of the upstream
 * @param hostFromEndpoint whether {@code Host} becomes the endpoint's own address
 * @param bodyTimeoutNanos for how long the client may send nothing while its body is waited for
 * @param minBytesPerSecond how fast the client has to be; 0 for no matter how
 * @param rateWindowNanos over what time that is measured
 */
record RequestHead(
    String id,
    String method,
    String target,
    List<String> fields,
    String body,
    String version,
    String client,
    String route,
    String upstream,
    boolean hostFromEndpoint,
    long bodyTimeoutNanos,
    long minBytesPerSecond,
    long rateWindowNanos) {

  private static final Shape<List<String>> FIELDS = Shapes.list(Shape.text());
  private static final Shape<Long> AMOUNT = Shape.whole(0, Long.MAX_VALUE);
  private static final Shape<String> BODY = word(BodyKind.values());
  private static final Shape<String> VERSION = word(HttpVersion.values());

  private static Shape<String> word(Enum<?>[] values) {
    return Shape.word(Stream.of(values).map(Enum::name).toList());
  }

  /** That of an exchange, in JSON. */
  static JsonObject of(Exchange exchange) {
    return new JsonObject()
        .put("id", exchange.id())
        .put("method", exchange.method().name())
        .put("target", exchange.target())
        .put("fields", Fields.toJson(exchange.headers()))
        .put("body", exchange.body().name())
        .put("version", exchange.downstream().request().version().name())
        .put("client", exchange.clientAddress())
        .put("route", exchange.route())
        .put("upstream", exchange.upstream())
        .put("hostFromEndpoint", exchange.hostFromEndpoint())
        .put("bodyTimeoutNanos", exchange.bodyTimeoutNanos())
        .put("minBytesPerSecond", exchange.minBytesPerSecond())
        .put("rateWindowNanos", exchange.rateWindowNanos());
  }

  /**
   * Reads one that another node has sent.
   *
   * @throws FrameException when it is none, or could be read in two ways
   */
  static RequestHead of(JsonObject json) {
    RequestHead head;
    try {
      head = ObjectReader.parse(json, RequestHead::read);
    } catch (ConfigException e) {
      throw new FrameException(e.getMessage());
    }
    if (!Fields.isToken(head.method) || !isTarget(head.target)) {
      throw new FrameException("a request line that HTTP does not allow");
    }
    return head;
  }

  private static RequestHead read(ObjectReader r) {
    return new RequestHead(
        r.required("id", Shape.text()),
        r.required("method", Shape.text()),
        r.required("target", Shape.text()),
        r.required("fields", FIELDS),
        r.required("body", BODY),
        r.required("version", VERSION),
        r.optional("client", null, Shape.text()),
        r.required("route", Shape.text()),
        r.required("upstream", Shape.text()),
        r.required("hostFromEndpoint", Shape.bool()),
        r.required("bodyTimeoutNanos", AMOUNT),
        r.required("minBytesPerSecond", AMOUNT),
        r.required("rateWindowNanos", AMOUNT));
  }

  private static boolean isTarget(String target) {
    for (int i = 0; i < target.length(); i++) {
      if (target.charAt(i) <= ' ' || target.charAt(i) >= 127) {
        return false;
      }
    }
    return target.startsWith("/") || target.equals("*");
  }

  HttpMethod httpMethod() {
    return HttpMethod.valueOf(method);
  }

  HttpVersion httpVersion() {
    return HttpVersion.valueOf(version);
  }

  BodyKind bodyKind() {
    return BodyKind.valueOf(body);
  }

  /** Makes an exchange the one of the client. */
  void fill(Exchange exchange, MultiMap headers) {
    exchange.request(id, httpMethod(), target, headers, bodyKind());
    exchange.clientAddress(client);
    exchange.route(route, upstream, hostFromEndpoint);
    exchange.bodyTimeoutNanos(bodyTimeoutNanos);
    exchange.rate(minBytesPerSecond, rateWindowNanos);
  }
}
