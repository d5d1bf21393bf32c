package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Raw requests and responses that try to make two parties see different messages. Skipped without
 * the {@link HostileCorpus}.
 */
@Timeout(300)
class HostileHttpIT extends GatewaySuite {
  private static final int LEAST_PASSED = 330;

  /** How many parts of the corpus run side by side, each with its own gateway: most cases wait. */
  private static final int PARTS = 4;

  @Test
  void corpusShowsNoSmugglingAndFewDeviations() throws Exception {
    assumeThat(HostileCorpus.isThere()).isTrue();
    List<CompletableFuture<HostileCorpus.Verdict>> parts = new ArrayList<>();
    for (List<String> categories : HostileCorpus.parts(PARTS)) {
      parts.add(CompletableFuture.supplyAsync(() -> judge(categories)));
    }
    int passed = 0;
    int shown = 0;
    StringBuilder deviations = new StringBuilder();
    for (CompletableFuture<HostileCorpus.Verdict> part : parts) {
      HostileCorpus.Verdict verdict = part.get(280, TimeUnit.SECONDS);
      passed += verdict.passed();
      shown += verdict.shown();
      deviations.append(verdict.deviations());
    }
    System.out.println(passed + " hostile cases passed, what did not:\n" + deviations);
    assertThat(shown).as("smuggling was shown: %s", deviations).isZero();
    assertThat(passed).as("%s", deviations).isGreaterThanOrEqualTo(LEAST_PASSED);
  }

  private static HostileCorpus.Verdict judge(List<String> categories) {
    try {
      int upstreamPort = Ports.unused();
      try (Gateway gateway = Gateway.start(config(upstreamPort))) {
        return HostileCorpus.judge(gateway.port(), upstreamPort, categories);
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static GatewayConfig config(int upstreamPort) {
    return GatewayConfig.to(upstreamPort)
        .scale(Scale.ONE_EACH)
        .with("/upstreams/main/pool/maxConnections", 8)
        .timeout("connectMillis", 5_000)
        .timeout("firstByteMillis", 5_000)
        .timeout("idleMillis", 5_000);
  }
}
