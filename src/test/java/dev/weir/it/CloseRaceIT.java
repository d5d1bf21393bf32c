package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * An endpoint closes its connections between two requests, as often as it can at the very moment at
 * which the next request is on its way: no client notices. {@code -Dweir.closeRace.requests=200000}
 * makes it longer.
 */
class CloseRaceIT extends ScaledSuite {
  private static final int REQUESTS = Integer.getInteger("weir.closeRace.requests", 3_000);
  private static final int CONNECTIONS = 16;

  /** Serves a few requests on each connection, then ends it in one of three ways. */
  private static void fickle(UpstreamConnection c) throws Exception {
    SplittableRandom random = new SplittableRandom(c.number());
    for (int i = random.nextInt(1, 6); i > 0; i--) {
      RawRequest request = c.requestHead(); // It has no body; what is read whole is kept.
      if (request == null) {
        return;
      }
      c.reply(200, request.target());
    }
    switch (random.nextInt(3)) {
      case 0 -> c.close(); // The next request meets the end of the connection.
      case 1 -> c.reset();
      default -> {
        c.requestHead(); // The next request was read, and gets no answer.
        c.reset();
      }
    }
  }

  @Test
  @Timeout(600)
  void requestsThatMeetAClosingConnectionAreSentAgain() throws Exception {
    ScriptedUpstream upstream = scripted(CloseRaceIT::fickle);
    Gateway gateway = gateway(upstream);
    try (SteadyLoad load = SteadyLoad.start(gateway.port(), CONNECTIONS)) {
      Await.until(
          () -> "served " + load.requests() + ", failed " + load.failures(),
          () -> load.requests() >= REQUESTS || !load.failures().isEmpty(),
          Duration.ofMinutes(9));
      assertThat(load.failures()).isEmpty();
      assertThat(upstream.connections()).isGreaterThan(REQUESTS / 6);
    }
  }
}
