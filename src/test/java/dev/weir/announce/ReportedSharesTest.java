package dev.weir.announce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.balancer.policy.Members;
import dev.weir.balancer.policy.Policies;
import dev.weir.balancer.policy.Selector;
import dev.weir.balancer.policy.Setting;
import dev.weir.config.BalancerConfig;
import dev.weir.config.LoadReport;
import dev.weir.config.ObjectReader;
import dev.weir.config.ReportedLoadConfig;
import dev.weir.node.Load;
import io.vertx.core.json.JsonObject;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ReportedSharesTest {
  private static final ReportedLoadConfig CONFIG = new ReportedLoadConfig(1, 100, 30_000);
  private static final int PICKS = 100_000;

  private final ReportedShares shares = new ReportedShares();

  private static LoadReport busy(double utilization) {
    return new LoadReport(utilization, 0, 0);
  }

  private int percent(String endpoint) {
    return shares.percent(endpoint, CONFIG, 0);
  }

  /** How often each of some endpoints is picked when they have these shares. */
  private int[] picks(String... endpoints) {
    Load whole = Load.ofUpstream();
    int[] weights = new int[endpoints.length];
    Load[] loads = new Load[endpoints.length];
    for (int i = 0; i < endpoints.length; i++) {
      weights[i] = percent(endpoints[i]);
      loads[i] = whole.ofEndpoint();
    }
    BalancerConfig config = ObjectReader.parse(new JsonObject(), BalancerConfig::read);
    Selector selector =
        Policies.of(BalancerConfig.REPORTED_LOAD, config)
            .selector(
                new Members(endpoints, weights, loads),
                new Setting(0, new SplittableRandom(1), () -> 0));
    int[] counts = new int[endpoints.length];
    for (int i = 0; i < PICKS; i++) {
      counts[selector.select(i)]++;
    }
    return counts;
  }

  @Test
  void servicesOfDifferentStrength_becomeEquallyBusy() {
    String[] endpoints = {"a", "b", "c"};
    double[] costs = {1, 2, 4};
    for (int round = 0; round < 30; round++) {
      int[] picks = picks(endpoints);
      for (int i = 0; i < endpoints.length; i++) {
        shares.take(endpoints[i], busy(costs[i] * picks[i] / PICKS), CONFIG, 0);
      }
    }
    int[] picks = picks(endpoints);
    double[] expected = {4.0 / 7, 2.0 / 7, 1.0 / 7};
    for (int i = 0; i < endpoints.length; i++) {
      assertThat((double) picks[i] / PICKS).isCloseTo(expected[i], within(0.01));
    }
  }

  @Test
  void noisyReports_keepTheSharesNearTheirPlace() {
    SplittableRandom random = new SplittableRandom(7);
    double worst = 0;
    for (int round = 0; round < 500; round++) {
      for (String endpoint : new String[] {"a", "b"}) {
        double noise = 0.8 + 0.4 * random.nextDouble();
        shares.take(endpoint, busy(0.5 * percent(endpoint) / 100 * noise), CONFIG, 0);
      }
      worst = Math.max(worst, Math.abs(percent("a") - 100));
    }
    assertThat(worst).isLessThan(30);
  }

  @Test
  void load_isTheGreaterOfUtilizationAndLag_andErrorsCountBesides() {
    assertThat(ReportedShares.load(new LoadReport(0.5, 20, 0), CONFIG)).isEqualTo(0.5);
    assertThat(ReportedShares.load(new LoadReport(0.5, 80, 0), CONFIG)).isEqualTo(0.8);
    assertThat(ReportedShares.load(new LoadReport(0.5, 0, 0.25), CONFIG)).isEqualTo(0.75);
    assertThat(ReportedShares.load(new LoadReport(0, 0, 0), CONFIG)).isEqualTo(ReportedShares.IDLE);
  }

  @Test
  void idleServices_shareEvenly() {
    for (int round = 0; round < 20; round++) {
      shares.take("a", busy(0.01), CONFIG, 0);
      shares.take("b", busy(0.09), CONFIG, 0);
    }
    assertThat(percent("a")).isEqualTo(percent("b")).isEqualTo(100);
  }

  @Test
  void share_isBounded() {
    for (int round = 0; round < 100; round++) {
      shares.take("a", busy(1000), CONFIG, 0);
      shares.take("b", busy(0), CONFIG, 0);
      shares.take("c", busy(0), CONFIG, 0);
    }
    assertThat(percent("a")).isEqualTo(10);
    assertThat(percent("b")).isBetween(100, 1000);
  }

  @Test
  void withoutAReport_orWithAnOldOne_itIsTheMean() {
    assertThat(percent("a")).isEqualTo(100);
    shares.take("a", busy(1), CONFIG, 0);
    shares.take("b", busy(0.2), CONFIG, 0);
    assertThat(percent("a")).isLessThan(100);
    assertThat(percent("b")).isGreaterThan(100);
    assertThat(percent("silent")).isEqualTo(100);
    long expiry = TimeUnit.MILLISECONDS.toNanos(30_000);
    assertThat(shares.percent("a", CONFIG, expiry - 1)).isLessThan(100);
    assertThat(shares.percent("a", CONFIG, expiry)).isEqualTo(100);
  }
}
