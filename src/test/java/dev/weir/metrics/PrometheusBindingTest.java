package dev.weir.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.Test;

class PrometheusBindingTest {

  private final GatewayMetrics metrics = new GatewayMetrics();
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  @Test
  void aHistogram_isAHistogramToPrometheus() {
    metrics.lane(0).route("orders").end(200, 0, 0, 1_500_000);
    PrometheusBinding.bind(metrics, registry);

    assertThat(registry.scrape())
        .contains(
            "# HELP weir_request_duration_seconds"
                + " From the head of a request until the end of its exchange.\n"
                + "# TYPE weir_request_duration_seconds histogram\n"
                + "weir_request_duration_seconds_bucket{route=\"orders\",le=\"5.0E-4\"} 0\n"
                + "weir_request_duration_seconds_bucket{route=\"orders\",le=\"0.001\"} 0\n"
                + "weir_request_duration_seconds_bucket{route=\"orders\",le=\"0.002\"} 1\n")
        .contains("# TYPE weir_requests_total counter\n")
        .contains("# TYPE weir_in_flight gauge\n");
  }

  @Test
  void aHostileLabel_isEscaped() {
    metrics.lane(0).route("a\"} 1\nforged 1\\").begin();
    PrometheusBinding.bind(metrics, registry);

    assertThat(Scrape.series(registry))
        .contains("weir_in_flight{route=\"a\\\"} 1\\nforged 1\\\\\"} 1.0")
        .noneMatch(line -> line.startsWith("forged"));
  }

  @Test
  void beforeAnyRequest_nothingFails() {
    PrometheusBinding.bind(metrics, registry);

    assertThat(Scrape.series(registry))
        .contains("weir_connections{side=\"downstream\"} 0.0")
        .noneMatch(line -> line.startsWith("weir_requests_total"));
  }

  @Test
  void close_takesTheSeriesAway() {
    PrometheusBinding binding = PrometheusBinding.bind(metrics, registry);
    assertThat(binding.bound()).isTrue();
    binding.close();

    assertThat(registry.scrape()).isEmpty();
  }

  @Test
  void aComposedRegistry_isSearched() {
    CompositeMeterRegistry inner = new CompositeMeterRegistry().add(registry);
    CompositeMeterRegistry outer =
        new CompositeMeterRegistry().add(new SimpleMeterRegistry()).add(inner);

    assertThat(PrometheusBinding.bind(metrics, outer).bound()).isTrue();
    assertThat(registry.scrape()).contains("weir_connections");
  }

  @Test
  void noPrometheus_notBound() {
    assertThat(PrometheusBinding.bind(metrics, new SimpleMeterRegistry()).bound()).isFalse();
  }

  @Test
  void besideMicrometersOwnMeters() {
    registry.counter("other").increment();
    PrometheusBinding.bind(metrics, registry);

    assertThat(registry.scrape()).contains("other_total 1.0").contains("weir_connections");
  }
}
