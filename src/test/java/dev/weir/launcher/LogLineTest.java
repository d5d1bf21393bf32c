package dev.weir.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogLineTest {

  private static LogRecord entry(String time, String message) {
    LogRecord entry = new LogRecord(Level.WARNING, message);
    entry.setInstant(Instant.parse(time));
    entry.setLoggerName("dev.weir.Some");
    return entry;
  }

  @ParameterizedTest
  @CsvSource({
    "2026-01-31T23:59:59.999999999Z, 2026-01-31T23:59:59.999Z",
    "2026-01-31T00:00:00Z, 2026-01-31T00:00:00.000Z",
    "1969-12-31T23:59:58.007Z, 1969-12-31T23:59:58.007Z"
  })
  void time_isUtcToTheMillisecond(String time, String written) {
    assertThat(new LogLine().format(entry(time, "well")))
        .isEqualTo(written + " WARNING dev.weir.Some - well" + System.lineSeparator());
  }

  @Test
  void parameters_areFilledIn() {
    LogRecord entry = entry("2026-01-31T00:00:00Z", "{0} of {1}");
    entry.setParameters(new Object[] {1, "two"});
    assertThat(new LogLine().format(entry)).endsWith(" - 1 of two" + System.lineSeparator());
  }

  @Test
  void thrown_isBelowWithItsCause() {
    LogRecord entry = entry("2026-01-31T00:00:00Z", "broken");
    entry.setThrown(new IllegalStateException("outside", new IllegalArgumentException("inside")));
    assertThat(new LogLine().format(entry).lines())
        .hasSizeGreaterThan(3)
        .contains("java.lang.IllegalStateException: outside")
        .contains("Caused by: java.lang.IllegalArgumentException: inside");
  }
}
