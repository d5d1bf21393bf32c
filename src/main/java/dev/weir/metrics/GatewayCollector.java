package dev.weir.metrics;

import static dev.weir.metrics.Points.level;

import dev.weir.metrics.GatewayMetrics.Reading;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.Map;

/** Sums the lanes up whenever Prometheus asks. */
final class GatewayCollector implements MultiCollector {

  private final GatewayMetrics metrics;

  GatewayCollector(GatewayMetrics metrics) {
    this.metrics = metrics;
  }

  @Override
  public MetricSnapshots collect() {
    MetricSnapshots.Builder out = MetricSnapshots.builder();
    Map<String, long[]> listeners = metrics.listeners().sums();
    Map<EndpointKey, long[]> pools = metrics.pools().sums();
    ingress(listeners).build(out);
    upstream(pools).build(out);
    balance().build(out);
    retries().build(out);
    new RemoteReport(metrics.remotes().sums()).build(out);
    connections(listeners, pools, out);
    metrics.readings().forEach(reading -> add(reading, out));
    return out.build();
  }

  private IngressReport ingress(Map<String, long[]> listeners) {
    IngressReport report = new IngressReport();
    report.routes(metrics.routes().sums());
    report.flags(metrics.flags().sums());
    report.listeners(listeners);
    return report;
  }

  private UpstreamReport upstream(Map<EndpointKey, long[]> pools) {
    UpstreamReport report = new UpstreamReport();
    report.endpoints(metrics.endpoints().sums());
    report.upstreams(metrics.upstreams().sums());
    report.pools(pools);
    return report;
  }

  private BalanceReport balance() {
    BalanceReport report = new BalanceReport();
    report.picks(metrics.picks().sums());
    report.upstreams(metrics.balancers().sums());
    report.imbalance(metrics.balances());
    return report;
  }

  private RetryReport retries() {
    RetryReport report = new RetryReport();
    report.upstreams(metrics.retries().sums());
    report.limits(metrics.limits().sums());
    return report;
  }

  private static void connections(
      Map<String, long[]> listeners, Map<EndpointKey, long[]> pools, MetricSnapshots.Builder out) {
    long downstream = total(listeners, ListenerMetrics.OPEN);
    long upstream = total(pools, PoolMetrics.OPEN);
    out.metricSnapshot(
        Points.gauge("weir_connections", "Open connections on either side.")
            .dataPoint(level(downstream, "side", "downstream"))
            .dataPoint(level(upstream, "side", "upstream"))
            .build());
  }

  private static long total(Map<?, long[]> sums, int cell) {
    return sums.values().stream().mapToLong(cells -> cells[cell]).sum();
  }

  private static void add(Reading reading, MetricSnapshots.Builder out) {
    long value = reading.value().getAsLong();
    out.metricSnapshot(
        reading.counter()
            ? Points.counter(reading.name(), reading.help()).dataPoint(Points.count(value)).build()
            : Points.gauge(reading.name(), reading.help()).dataPoint(level(value)).build());
  }
}
