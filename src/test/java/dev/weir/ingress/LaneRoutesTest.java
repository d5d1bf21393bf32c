package dev.weir.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.config.RouteConfig;
import dev.weir.config.WeirConfig;
import dev.weir.ingress.route.RequestFacts;
import dev.weir.metrics.GatewayMetrics;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The routes of a lane follow the configuration. */
class LaneRoutesTest {

  private static final int ROUTES = 10_000;
  private static final int CHANGED = 5_000;

  private static final RequestFacts NO_FACTS =
      new RequestFacts() {
        @Override
        public String header(String name) {
          return null;
        }

        @Override
        public String query(String name) {
          return null;
        }
      };

  private final LaneRoutes routes = new LaneRoutes(new GatewayMetrics().lane(0));
  private final WeirConfig config = config();

  private static WeirConfig config() {
    JsonArray list = new JsonArray();
    IntStream.range(0, ROUTES).forEach(i -> list.add(route(i, "/service" + i + "/*")));
    JsonObject endpoint = new JsonObject().put("host", "10.0.0.7").put("port", 9001);
    JsonObject upstream = new JsonObject().put("endpoints", JsonArray.of(endpoint));
    JsonObject upstreams = new JsonObject().put("main", upstream);
    return WeirConfig.of(new JsonObject().put("routes", list).put("upstreams", upstreams));
  }

  private static JsonObject route(int number, String path) {
    JsonObject match = new JsonObject().put("path", path);
    return new JsonObject().put("id", "r" + number).put("upstream", "main").put("match", match);
  }

  private WeirConfig changed(String path) {
    JsonObject json = config.toJson().put("routes", JsonArray.of(route(CHANGED, path)));
    List<RouteConfig> next = new ArrayList<>(config.routes());
    next.set(CHANGED, WeirConfig.of(json).routes().get(0));
    return config.with(next);
  }

  private IngressRoute at(int service) {
    return routes.get(routes.find(null, "GET", "/service" + service + "/x", NO_FACTS));
  }

  private List<IngressRoute> all() {
    return IntStream.range(0, ROUTES).mapToObj(this::at).toList();
  }

  @Test
  void changeOfOneRoute_leavesTheOthers() {
    routes.follow(config);
    List<IngressRoute> before = all();
    routes.follow(changed("/service" + CHANGED + "/x"));
    for (int i = 0; i < ROUTES; i++) {
      if (i == CHANGED) {
        assertThat(at(i)).isNotSameAs(before.get(i));
      } else {
        assertThat(at(i)).isSameAs(before.get(i));
      }
    }
  }

  @Test
  void changeOfSomethingElse_leavesAllRoutes() {
    routes.follow(config);
    List<IngressRoute> before = all();
    routes.follow(config.with(config.upstreams().get("main")));
    assertThat(all()).isEqualTo(before);
  }

  @Test
  void changeOfTheRulesForBodies_reachesEveryRoute() {
    routes.follow(config);
    List<IngressRoute> before = all();
    JsonObject json = config.toJson();
    json.put("bodies", new JsonObject().put("json", new JsonObject().put("maxBytes", 7)));
    WeirConfig other = config.withShared(WeirConfig.of(json)).with(config.routes());
    routes.follow(other);
    for (int i = 0; i < ROUTES; i++) {
      assertThat(at(i)).isNotSameAs(before.get(i));
    }
  }
}
