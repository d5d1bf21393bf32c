package dev.weir.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.config.TimeoutConfig;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeoutsTest {
  private static final long REQUEST_MILLIS = 1000;

  private final Timeouts timeouts = new Timeouts(new TimeoutConfig(0, 0, 0, REQUEST_MILLIS, 0, 0));

  @ParameterizedTest(name = "waited for {0} ms, a try may take {1}: {2}")
  @CsvSource({
    "1000, 0, true",
    "500, 0, true",
    "499, 0, false",
    "200, 200, true",
    "199, 200, false",
    "500, 900, true",
    "499, 900, false"
  })
  void deadlineOfTheRequest_isFairToWhoHadItsTime(long waited, long perTry, boolean fair) {
    long since = TimeUnit.MILLISECONDS.toNanos(REQUEST_MILLIS - waited);
    long deadline = timeouts.requestDeadline(0);
    assertThat(timeouts.isFair(since, deadline, TimeUnit.MILLISECONDS.toNanos(perTry)))
        .isEqualTo(fair);
  }
}
