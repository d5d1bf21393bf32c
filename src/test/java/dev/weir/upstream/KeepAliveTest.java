package dev.weir.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeepAliveTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "timeout=5|4000",
        "timeout=60, max=100|59000",
        "max=100, timeout=60|59000",
        "Timeout=10|9000",
        "timeout=2|1000",
        "timeout=1|500",
        "timeout=0|0",
        "timeout=|0",
        "timeout=x|0",
        "timeout=-5|0",
        "timeout=5x|4000",
        "timeout=99999999999999999999|999999998000",
        "max=5|0",
        "''|0",
      })
  void idle_endsBeforeTheServersTimeout(String field, long millis) {
    assertThat(Framing.idleNanos(field)).isEqualTo(TimeUnit.MILLISECONDS.toNanos(millis));
  }
}
