package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** The numbers of the admin side say what happened. */
class MetricsIT extends ScaledSuite implements AlsoRemote {

  private static double sum(Map<String, Double> series, String prefix, String... labels) {
    return series.entrySet().stream()
        .filter(sample -> sample.getKey().startsWith(prefix))
        .filter(
            sample -> {
              for (String label : labels) {
                if (!sample.getKey().contains(label)) {
                  return false;
                }
              }
              return true;
            })
        .mapToDouble(Map.Entry::getValue)
        .sum();
  }

  /** What is counted when an exchange ends may be so after the client has read it all. */
  private static Map<String, Double> awaitRequests(Gateway gateway, int count) {
    AtomicReference<Map<String, Double>> seen = new AtomicReference<>();
    Await.until(
        () -> count + " requests are counted on either side: " + seen,
        () -> {
          try {
            seen.set(gateway.metrics());
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
          double tried =
              sum(seen.get(), "weir_upstream_requests_total")
                  + sum(seen.get(), "weir_upstream_failures_total");
          return sum(seen.get(), "weir_requests_total") == count && tried == count;
        },
        Await.PATIENCE);
    return seen.get();
  }

  @Test
  void whatHappenedIsCounted() throws Exception {
    ScriptedUpstream upstream =
        upstream(
            (request, c) -> {
              if (request.target().equals("/break")) {
                c.close();
              } else {
                c.reply(200, "12345");
              }
            });
    Gateway gateway = gateway(upstream);
    RawClient client = client();
    for (int i = 0; i < 7; i++) {
      client.request("POST", "/", "Content-Length: 3");
      client.write("abc");
      client.read();
    }
    client.call("PATCH", "/break");
    Map<String, Double> series = awaitRequests(gateway, 8);
    assertThat(sum(series, "weir_requests_total", "route=\"all\"", "2xx")).isEqualTo(7);
    assertThat(sum(series, "weir_requests_total", "route=\"all\"", "5xx")).isEqualTo(1);
    assertThat(sum(series, "weir_request_bytes_total", "route=\"all\"")).isEqualTo(21);
    assertThat(sum(series, "weir_flags_total", "flag=\"UF\"")).isEqualTo(1);
    assertThat(sum(series, "weir_upstream_requests_total", "2xx")).isEqualTo(7);
    assertThat(sum(series, "weir_upstream_failures_total", "flag=\"UF\"")).isEqualTo(1);
    assertThat(sum(series, "weir_listener_connections")).isEqualTo(1);
    assertThat(sum(series, "weir_pool_opened_total")).isEqualTo(upstream.connections());
    assertThat(sum(series, "weir_pool_reused_total")).isEqualTo(8 - upstream.connections());
    assertThat(sum(series, "weir_ready")).isEqualTo(1);
  }

  @Test
  void whatIsUnderWayIsSeen() throws Exception {
    ScriptedUpstream upstream =
        scripted(
            c -> {
              c.request();
              c.drain();
            });
    Gateway gateway = gateway(upstream);
    RawClient client = client();
    client.request("GET", "/");
    upstream.take();
    Map<String, Double> series = gateway.metrics();
    assertThat(sum(series, "weir_in_flight", "route=\"all\"")).isEqualTo(1);
    assertThat(sum(series, "weir_upstream_in_flight")).isEqualTo(1);
    assertThat(sum(series, "weir_pool_connections")).isEqualTo(1);
  }
}
