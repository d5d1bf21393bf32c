package dev.weir.metrics;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What Prometheus sees. */
final class Scrape {

  private Scrape() {}

  /** The series with their values; comments are left out. */
  static Map<String, Double> of(GatewayMetrics metrics) {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    PrometheusBinding.bind(metrics, registry);
    return series(registry).stream().collect(Collectors.toMap(Scrape::name, Scrape::value));
  }

  static List<String> series(PrometheusMeterRegistry registry) {
    return registry.scrape().lines().filter(line -> !line.startsWith("#")).toList();
  }

  private static String name(String line) {
    return line.substring(0, line.lastIndexOf(' '));
  }

  private static double value(String line) {
    return Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
  }
}
