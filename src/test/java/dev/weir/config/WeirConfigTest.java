package dev.weir.config;

import static dev.weir.config.Documents.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What right documents become. */
class WeirConfigTest {
  @Test
  void emptyObject_hasEveryDefault() {
    WeirConfig config = WeirConfig.of(new JsonObject());
    assertThat(config.ingress()).isEmpty();
    assertThat(config.scale()).isEqualTo(new ScaleConfig(0, 0, 0));
    assertThat(config.drain()).isEqualTo(new DrainConfig(30_000, 1000));
    assertThat(config.accessLog())
        .isEqualTo(new AccessLogConfig("full", "logfmt", 0.01, null, 65_536));
    assertThat(config.admin()).isEqualTo(new AdminConfig(true, "127.0.0.1", 8081, true));
    assertThat(config.replies()).isEqualTo(new RepliesConfig(true));
  }

  @Test
  void shortestListener_hasEveryDefault() {
    assertThat(read("{'ingress': [{'port': 1}]}").ingress())
        .containsExactly(
            new ListenerConfig(
                "0.0.0.0", 1, 1024, 16_384, 8192, 100, 10_000, 30_000, 75_000, 0, 0, 10_000));
  }

  @Test
  void shortestRouteAndUpstream_haveEveryDefault() {
    WeirConfig config =
        read(
            "{'routes': [{'id': 'r', 'upstream': 'u'}],"
                + " 'upstreams': {'u': {'endpoints': [{'host': '::1', 'port': 1}]}}}");
    assertThat(config.routes())
        .containsExactly(
            new RouteConfig(
                "r",
                0,
                new MatchConfig(List.of(), "/*", List.of(), Map.of(), Map.of()),
                "u",
                null,
                null,
                "preserve",
                HeaderRules.NONE,
                HeaderRules.NONE,
                BodiesConfig.INHERITED,
                null));
    EndpointConfig endpoint = new EndpointConfig("::1", 1, 1);
    assertThat(endpoint.id()).isEqualTo("[::1]:1");
    assertThat(config.upstreams())
        .containsExactly(
            Map.entry(
                "u",
                new UpstreamConfig(
                    "u",
                    new BalancerConfig(
                        "round-robin",
                        new HashConfig("path", null, "maglev", 0),
                        100,
                        50,
                        "round-robin",
                        true,
                        50,
                        140,
                        false,
                        new SlowStartConfig(0, 1, 10),
                        new AffinityConfig(null, null, "/", 0, false, 60_000),
                        new ShadowConfig(null),
                        new ReportedLoadConfig(1, 100, 30_000)),
                    List.of(endpoint),
                    new PoolConfig(0, 256, 1024, 5000, 60_000, 3_600_000, 0, 10_000),
                    new TimeoutConfig(5000, 30_000, 60_000, 0, 0, 10_000),
                    new RetryConfig(
                        1,
                        List.of("connect-failure", "refused-stream", "reset", "timeout"),
                        List.of(),
                        List.of(),
                        0,
                        new BackoffConfig(25, 250, 1000),
                        65_536,
                        new HedgeConfig(0, 0)),
                    new RetryBudgetConfig(20, 3),
                    new LimitsConfig(0, 0, 0, 0, 0, 0),
                    new HealthConfig(
                        "off",
                        "cluster",
                        2,
                        new ActiveHealthConfig(
                            "http", "GET", "/", Map.of(), List.of(), List.of(), null, null, null,
                            "", 0, null, 10_000, 0, 0, 2000, 2, 3, "startUp", 0)),
                    null,
                    null,
                    null,
                    false,
                    null,
                    1_048_576)));
  }

  @Test
  void everythingWritten_isRead() {
    WeirConfig config = WeirConfig.of(Documents.conf("reference.json"), Documents.NO_VARIABLES);
    RouteConfig route = config.routes().get(0);
    assertThat(route.match().hosts()).containsExactly("shop.example.com", "*.shop.example.com");
    assertThat(route.rewrite()).isEqualTo("/v2/orders/:id/*");
    assertThat(route.requestHeaders().add()).containsEntry("x-seen-by", List.of("edge", "weir"));
    assertThat(route.responseHeaders().add()).containsEntry("cache-control", List.of("private"));
    assertThat(config.upstreams().get("orders").health().active().expectedStatuses())
        .containsExactly(200, 204);
    assertThat(config.ingress().get(0).maxRequestBytes()).isEqualTo(10_485_760);
  }

  @Test
  void fullDocument_roundTrips() {
    for (String file : List.of("weir.json", "reference.json")) {
      WeirConfig config = WeirConfig.of(Documents.conf(file), Documents.NO_VARIABLES);
      JsonObject full = config.toJson();
      assertThat(WeirConfig.of(new JsonObject(full.encode()))).isEqualTo(config);
      assertThat(WeirConfig.of(full).toJson()).isEqualTo(full);
    }
  }

  @Test
  void fullDocument_hasDefaultsAndNullsWrittenOut() {
    JsonObject full =
        read("{'upstreams': {'u': {'endpoints': [{'host': 'h', 'port': 1}]}}}").toJson();
    assertThat(full.getJsonObject("accessLog").containsKey("path")).isTrue();
    assertThat(full.getJsonObject("upstreams").getJsonObject("u").fieldNames())
        .containsExactly(
            "balancer",
            "endpoints",
            "pool",
            "timeouts",
            "retry",
            "retryBudget",
            "limits",
            "health",
            "circuitBreaker",
            "outlier",
            "announce",
            "remote",
            "bus",
            "maxBusBytes");
  }

  @Test
  void textWithADollarBrace_roundTrips() {
    WeirConfig config = read("{'accessLog': {'path': '$${A} $$$${B} $$ ${C:c}'}}");
    assertThat(config.accessLog().path()).isEqualTo("${A} $$${B} $$ c");
    assertThat(WeirConfig.of(config.toJson())).isEqualTo(config);
  }

  @Test
  void collections_cannotBeChanged() {
    WeirConfig config = WeirConfig.of(Documents.conf("reference.json"), Documents.NO_VARIABLES);
    assertThatThrownBy(() -> config.routes().clear())
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> config.upstreams().clear())
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> config.routes().get(0).match().headers().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void upstreams_keepTheirOrder() {
    StringBuilder json = new StringBuilder("{'upstreams': {");
    for (int i = 50; i > 0; i--) {
      json.append("'u%d': {'endpoints': [{'host': 'h', 'port': 1}]}".formatted(i));
      json.append(i > 1 ? "," : "}}");
    }
    List<String> names = List.copyOf(read(json.toString()).upstreams().keySet());
    assertThat(names).startsWith("u50", "u49").endsWith("u2", "u1");
  }

  @Test
  void partOfAConfiguration_isReadOnItsOwnWithoutVariables() {
    JsonObject json = JsonObject.of("flagHeader", false);
    assertThat(ObjectReader.parse(json, RepliesConfig::read).flagHeader()).isFalse();
    JsonObject variable = JsonObject.of("flagHeader", "${HOME}");
    assertThatThrownBy(() -> ObjectReader.parse(variable, RepliesConfig::read))
        .isInstanceOf(ConfigException.class)
        .hasMessage("/flagHeader: \"${HOME}\" (expected: true or false)");
  }
}
