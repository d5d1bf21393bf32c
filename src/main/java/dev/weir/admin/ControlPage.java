package dev.weir.admin;

import dev.weir.bus.Addresses;
import dev.weir.node.Node;
import io.netty.util.NetUtil;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;

/**
 * Hands commands from processes on this machine to {@code weir.control}, where they are checked as
 * all are.
 */
final class ControlPage {

  /** Enough for a whole configuration. */
  private static final long MAX_BODY_BYTES = 16L << 20;

  private static final String JSON = "application/json";
  private static final String PATH = "/control";
  private static final DeliveryOptions HERE = new DeliveryOptions().setLocalOnly(true);

  /** What the codes of refusals are as a status; any other is 400. */
  private static final Map<String, Integer> STATUS =
      Map.of(
          "forbidden", 403,
          "not-found", 404,
          "exists", 409,
          "in-use", 409,
          "stale", 409,
          "local", 409,
          "unavailable", 503,
          "internal", 500);

  private static final List<String> ELSEWHERE =
      List.of("origin", "forwarded", "x-forwarded-for", "via");

  private final Vertx vertx;
  private final Node node;

  ControlPage(Vertx vertx, Node node) {
    this.vertx = vertx;
    this.node = node;
  }

  void addTo(Router router) {
    router.post(PATH).handler(ControlPage::admit);
    router.post(PATH).handler(BodyHandler.create(false).setBodyLimit(MAX_BODY_BYTES));
    router.post(PATH).handler(this::carryOut);
  }

  /**
   * Lets only this machine in, and no page that a browser on it shows: those cannot send this type
   * to another origin without asking first, and name theirs.
   */
  private static void admit(RoutingContext page) {
    HttpServerRequest request = page.request();
    String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
    if (!isHere(request) || isFromElsewhere(request.headers())) {
      Reply.problem(page, 403);
    } else if (type == null || !type.regionMatches(true, 0, JSON, 0, JSON.length())) {
      Reply.problem(page, 415);
    } else {
      page.next();
    }
  }

  /** A page of a browser, or somebody for whom a proxy on this machine asks. */
  private static boolean isFromElsewhere(MultiMap headers) {
    return ELSEWHERE.stream().anyMatch(headers::contains);
  }

  private static boolean isHere(HttpServerRequest request) {
    byte[] address =
        NetUtil.createByteArrayFromIpAddressString(request.remoteAddress().hostAddress());
    try {
      return address != null && InetAddress.getByAddress(address).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  private void carryOut(RoutingContext page) {
    JsonObject command;
    try {
      command = page.body().asJsonObject();
    } catch (DecodeException | ClassCastException e) {
      Reply.problem(page, 400);
      return;
    }
    if (command == null) {
      Reply.problem(page, 400);
      return;
    }
    vertx
        .eventBus()
        .<JsonObject>request(Addresses.CONTROL + "." + node.id(), command, HERE)
        .map(Message::body)
        .onSuccess(answer -> Reply.json(page, status(answer), answer))
        .onFailure(failure -> Reply.problem(page, 503));
  }

  private static int status(JsonObject answer) {
    JsonObject error = answer.getJsonObject("error");
    return error == null ? 200 : STATUS.getOrDefault(error.getString("code"), 400);
  }
}
