package dev.weir.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.config.WeirConfig;
import dev.weir.exchange.Flag;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class GatewayMetricsTest {

  private static final String ENDPOINT = "upstream=\"orders\"";
  private static final String A = "{endpoint=\"a:1\"," + ENDPOINT + "}";

  private final GatewayMetrics metrics = new GatewayMetrics();
  private final LaneMetrics lane = metrics.lane(0);

  @Test
  void anExchange_ofARoute() {
    RouteMetrics route = lane.route("orders");
    route.begin();
    route.begin();
    route.end(204, 10, 2_000, 3_000_000);

    assertThat(Scrape.of(metrics))
        .containsEntry("weir_in_flight{route=\"orders\"}", 1.0)
        .containsEntry("weir_requests_total{route=\"orders\",status_class=\"2xx\"}", 1.0)
        .containsEntry("weir_requests_total{route=\"orders\",status_class=\"5xx\"}", 0.0)
        .containsEntry("weir_request_bytes_total{route=\"orders\"}", 10.0)
        .containsEntry("weir_response_bytes_total{route=\"orders\"}", 2_000.0)
        .containsEntry(bucket("0.002"), 0.0)
        .containsEntry(bucket("0.005"), 1.0)
        .containsEntry(bucket("60.0"), 1.0)
        .containsEntry(bucket("+Inf"), 1.0)
        .containsEntry("weir_request_duration_seconds_count{route=\"orders\"}", 1.0)
        .containsEntry("weir_request_duration_seconds_sum{route=\"orders\"}", 0.003);
  }

  @Test
  void unknownNumbers_countAsZero() {
    RouteMetrics route = lane.route("orders");
    route.begin();
    route.end(-1, -1, -1, -1);

    assertThat(Scrape.of(metrics))
        .containsEntry("weir_requests_total{route=\"orders\",status_class=\"other\"}", 1.0)
        .containsEntry("weir_response_bytes_total{route=\"orders\"}", 0.0)
        .containsEntry("weir_request_duration_seconds_sum{route=\"orders\"}", 0.0);
  }

  @Test
  void requestsWithoutARoute_haveAnEmptyLabel() {
    lane.noRoute().begin();
    lane.noRoute().end(404, 0, 0, 1);
    lane.flag(Flag.NR);

    assertThat(Scrape.of(metrics))
        .containsEntry("weir_requests_total{route=\"\",status_class=\"4xx\"}", 1.0)
        .containsEntry("weir_flags_total{flag=\"NR\"}", 1.0)
        .containsEntry("weir_flags_total{flag=\"UH\"}", 0.0);
  }

  @Test
  void attempts_atAnEndpoint() {
    EndpointMetrics endpoint = lane.endpoint("orders", "a:1");
    for (int i = 0; i < 3; i++) {
      endpoint.begin();
    }
    endpoint.firstByte(40_000_000);
    endpoint.end(200);
    endpoint.fail(Flag.UT);

    String failures = "weir_upstream_failures_total{endpoint=\"a:1\",flag=\"%s\"," + ENDPOINT + "}";
    assertThat(Scrape.of(metrics))
        .containsEntry("weir_upstream_in_flight" + A, 1.0)
        .containsEntry(
            "weir_upstream_requests_total{endpoint=\"a:1\",status_class=\"2xx\"," + ENDPOINT + "}",
            1.0)
        .containsEntry(String.format(failures, "UT"), 1.0)
        .doesNotContainKey(String.format(failures, "UF"))
        .containsEntry("weir_upstream_first_byte_seconds_sum{" + ENDPOINT + "}", 0.04);
  }

  @Test
  void connections_ofAPool() {
    PoolMetrics pool = lane.pool("orders", "a:1");
    pool.opened();
    pool.opened();
    pool.opened();
    pool.idle(1);
    pool.closed(CloseReason.IDLE);
    pool.pending(1);
    pool.reused();

    String state = "weir_pool_connections{endpoint=\"a:1\",state=\"%s\"," + ENDPOINT + "}";
    assertThat(Scrape.of(metrics))
        .containsEntry(String.format(state, "idle"), 1.0)
        .containsEntry(String.format(state, "busy"), 1.0)
        .containsEntry("weir_pool_pending" + A, 1.0)
        .containsEntry("weir_pool_opened_total" + A, 3.0)
        .containsEntry("weir_pool_reused_total" + A, 1.0)
        .containsEntry("weir_connections{side=\"upstream\"}", 2.0);
  }

  @Test
  void connections_ofAListener() {
    ListenerMetrics listener = lane.listener("0.0.0.0:80");
    listener.opened();
    listener.opened();
    listener.closed();
    listener.request();

    assertThat(Scrape.of(metrics))
        .containsEntry("weir_listener_connections{listener=\"0.0.0.0:80\"}", 1.0)
        .containsEntry("weir_listener_accepted_total{listener=\"0.0.0.0:80\"}", 2.0)
        .containsEntry("weir_listener_requests_total{listener=\"0.0.0.0:80\"}", 1.0)
        .containsEntry("weir_connections{side=\"downstream\"}", 1.0);
  }

  @Test
  void lanes_areSummedUp() {
    lane.flag(Flag.DC);
    CompletableFuture.runAsync(() -> metrics.lane(1).flag(Flag.DC)).join();

    assertThat(metrics.lane(0)).isSameAs(lane);
    assertThat(Scrape.of(metrics)).containsEntry("weir_flags_total{flag=\"DC\"}", 2.0);
  }

  @Test
  void whatIsCountedElsewhere_isReadAtEachCollection() {
    long[] dropped = {3};
    metrics.counter("weir_access_log_dropped_total", "Lost.", () -> 99);
    metrics.counter("weir_access_log_dropped_total", "Lost.", () -> dropped[0]);
    metrics.gauge("weir_config_version", "In force.", () -> 7);
    assertThat(Scrape.of(metrics))
        .containsEntry("weir_access_log_dropped_total", 3.0)
        .containsEntry("weir_config_version", 7.0);

    dropped[0] = 4;
    assertThat(Scrape.of(metrics)).containsEntry("weir_access_log_dropped_total", 4.0);
  }

  @Test
  void aNameThatPrometheusRefuses_isRefusedAtOnce() {
    assertThatThrownBy(() -> metrics.counter("weir_lines", "No suffix.", () -> 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("name: weir_lines (expected: ends in _total)");
    assertThatThrownBy(() -> metrics.counter("weir_lines_created_total", "Reserved.", () -> 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> metrics.gauge("weir_lines_total", "Reserved.", () -> 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(Scrape.of(metrics)).doesNotContainKey("weir_lines_total");
  }

  @Test
  void retain_keepsWhatIsConfigured_forgetsTheRest() {
    for (String name : new String[] {"orders", "gone"}) {
      lane.route(name).begin();
      lane.endpoint(name, "a:1").begin();
      lane.endpoint(name, "a:1").firstByte(1);
      lane.endpoint(name, "b:1").begin();
      lane.pool(name, "b:1").opened();
    }
    lane.noRoute().begin();
    WeirConfig config = config("orders", "a");
    metrics.retain(config);
    metrics.retain(config);

    Map<String, Double> series = Scrape.of(metrics);
    assertThat(series)
        .containsKeys("weir_in_flight{route=\"orders\"}", "weir_in_flight{route=\"\"}");
    assertThat(series).containsKey("weir_upstream_in_flight" + A);
    assertThat(series).containsKey("weir_upstream_first_byte_seconds_count{" + ENDPOINT + "}");
    assertThat(series.keySet()).noneMatch(name -> name.contains("gone") || name.contains("b:1"));
  }

  private static String bucket(String bound) {
    return "weir_request_duration_seconds_bucket{route=\"orders\",le=\"" + bound + "\"}";
  }

  private static WeirConfig config(String name, String host) {
    JsonObject endpoint = new JsonObject().put("host", host).put("port", 1);
    JsonObject upstream = new JsonObject().put("endpoints", new JsonArray().add(endpoint));
    JsonObject route =
        new JsonObject().put("id", name).put("match", new JsonObject()).put("upstream", name);
    JsonObject listener = new JsonObject().put("port", 0);
    return WeirConfig.of(
        new JsonObject()
            .put("ingress", new JsonArray().add(listener))
            .put("routes", new JsonArray().add(route))
            .put("upstreams", new JsonObject().put(name, upstream)));
  }
}
