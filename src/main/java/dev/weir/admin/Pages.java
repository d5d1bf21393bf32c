package dev.weir.admin;

import dev.weir.metrics.Balance;
import dev.weir.metrics.UpstreamPage;
import dev.weir.node.Node;
import dev.weir.node.Snapshot;
import dev.weir.protection.Protection;
import dev.weir.transfer.Transfers;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.internal.logging.Logger;
import io.vertx.core.internal.logging.LoggerFactory;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.healthchecks.CheckResult;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;

/** What there is to see on the admin side. Bodies of requests are not read for it. */
final class Pages {

  private static final Logger LOG = LoggerFactory.getLogger(Pages.class);

  private final Vertx vertx;
  private final Node node;
  private final Exposition exposition;
  private final Checks checks;

  Pages(Vertx vertx, Node node, Exposition exposition) {
    this.vertx = vertx;
    this.node = node;
    this.exposition = exposition;
    this.checks = new Checks(vertx, node);
  }

  Router router() {
    Router router = Router.router(vertx);
    if (node.snapshot().config().admin().control()) {
      new ControlPage(vertx, node).addTo(router);
    }
    router.route().handler(Pages::onlyReading);
    router
        .route("/live")
        .handler(page -> Reply.json(page, 200, new JsonObject().put("live", true)));
    router.route("/ready").handler(this::ready);
    router.route("/health").handler(this::health);
    router.route("/metrics").handler(this::metrics);
    router.route("/upstreams").handler(this::upstreams);
    router.route("/transfers").handler(this::transfers);
    router.route().handler(page -> Reply.problem(page, 404));
    router.route().failureHandler(Pages::failed);
    router.errorHandler(400, page -> Reply.problem(page, 400)); // A path that nothing can match.
    return router;
  }

  private static void onlyReading(RoutingContext page) {
    HttpMethod method = page.request().method();
    if (method == HttpMethod.GET || method == HttpMethod.HEAD) {
      page.next();
    } else {
      page.response().putHeader("allow", "GET, HEAD");
      Reply.problem(page, 405);
    }
  }

  private static void failed(RoutingContext page) {
    int status = page.statusCode() >= 400 ? page.statusCode() : 500;
    if (status >= 500) {
      LOG.error("Cannot show " + page.request().path(), page.failure());
    }
    Reply.problem(page, status);
  }

  private void ready(RoutingContext page) {
    JsonObject answer = new JsonObject().put("ready", node.ready());
    if (!node.ready()) {
      answer.put("reason", node.draining() ? "draining" : "starting");
    }
    Reply.json(page, node.ready() ? 200 : 503, answer);
  }

  private void health(RoutingContext page) {
    checks
        .run()
        .onSuccess(
            result -> Reply.json(page, CheckResult.isUp(result) ? 200 : 503, result.toJson()))
        .onFailure(page::fail);
  }

  private void metrics(RoutingContext page) {
    exposition.scrape().onSuccess(text -> Reply.metrics(page, text)).onFailure(page::fail);
  }

  private void transfers(RoutingContext page) {
    Reply.json(page, 200, new JsonObject().put("transfers", Transfers.of(node).toJson()));
  }

  private void upstreams(RoutingContext page) {
    Snapshot snapshot = node.snapshot();
    Map<String, Balance> balances = UpstreamPage.balances(node);
    JsonArray upstreams = new JsonArray();
    for (String name : snapshot.config().upstreams().keySet()) {
      JsonObject upstream = UpstreamPage.of(snapshot.upstreams().get(name), balances);
      upstreams.add(Protection.of(vertx, node).describe(name, upstream));
    }
    Reply.json(
        page, 200, new JsonObject().put("version", snapshot.version()).put("upstreams", upstreams));
  }
}
