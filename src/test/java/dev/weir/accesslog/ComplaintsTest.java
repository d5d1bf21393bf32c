package dev.weir.accesslog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComplaintsTest {

  private final List<String> log = new ArrayList<>();
  private final List<Throwable> causes = new ArrayList<>();
  private final Tally tally = new Tally();
  private long now = Long.MAX_VALUE - 5; // The clock overflows during the test.
  private final Complaints complaints = new Complaints(this::log, () -> now, tally);

  @Test
  void nothingLost_silence() {
    complaints.check();

    assertThat(log).isEmpty();
  }

  @Test
  void losses_areTold_atOnceAndThenAtALimitedRate() {
    tally.dropped(3);
    complaints.check();
    tally.dropped(4);
    now += Complaints.INTERVAL_NANOS - 1;
    complaints.check();
    assertThat(log).containsExactly("Access log: lines lost: 3 (the output is too slow)");

    tally.dropped(1);
    now++;
    complaints.check();
    complaints.check();
    assertThat(log)
        .hasSize(2)
        .last()
        .isEqualTo("Access log: lines lost: 5 (the output is too slow)");
  }

  @Test
  void aCause_isToldOnce() {
    tally.dropped(1);
    complaints.cause(new IOException("No space left on device"));
    complaints.check();
    now += Complaints.INTERVAL_NANOS;
    tally.dropped(1);
    complaints.check();

    assertThat(log)
        .containsExactly(
            "Access log: lines lost: 1 (java.io.IOException: No space left on device)",
            "Access log: lines lost: 1 (the output is too slow)");
    assertThat(causes).containsOnlyNulls();
  }

  @Test
  void aFlawOfTheLogItself_isToldWithItsStack() {
    tally.dropped(1);
    IllegalStateException flaw = new IllegalStateException("no such digit");
    complaints.cause(flaw);
    complaints.check();

    assertThat(causes).containsExactly(flaw);
  }

  private void log(String message, Throwable cause) {
    log.add(message);
    causes.add(cause);
  }
}
