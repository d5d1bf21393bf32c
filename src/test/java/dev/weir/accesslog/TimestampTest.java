package dev.weir.accesslog;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TimestampTest {

  private final Timestamp timestamp = new Timestamp();

  @Test
  void append_sameSecond_onlyMillisChange() {
    assertThat(text(1_709_164_799_000L)).isEqualTo("2024-02-28T23:59:59.000Z");
    assertThat(text(1_709_164_799_999L)).isEqualTo("2024-02-28T23:59:59.999Z");
    assertThat(text(1_709_164_800_000L)).isEqualTo("2024-02-29T00:00:00.000Z");
  }

  @Test
  void append_timeGoesBack_isRightAgain() {
    assertThat(text(1_000)).isEqualTo("1970-01-01T00:00:01.000Z");
    assertThat(text(-1)).isEqualTo("1969-12-31T23:59:59.999Z");
    assertThat(text(1_000)).isEqualTo("1970-01-01T00:00:01.000Z");
  }

  @Test
  void append_randomTimes_likeTheCalendar() {
    var iso = new DateTimeFormatterBuilder().appendInstant(3).toFormatter();
    Random random = new Random(3);
    for (int i = 0; i < 10_000; i++) {
      long millis = random.nextLong(253_402_300_800_000L);

      assertThat(text(millis)).isEqualTo(iso.format(Instant.ofEpochMilli(millis)));
    }
  }

  private String text(long epochMillis) {
    LineBuffer buffer = new LineBuffer(32);
    timestamp.append(epochMillis, buffer);
    return Entries.text(buffer);
  }
}
