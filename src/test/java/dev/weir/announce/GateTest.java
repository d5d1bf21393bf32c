package dev.weir.announce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.weir.config.Announcement;
import dev.weir.config.WeirConfig;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GateTest {
  private static final String CONFIG =
      """
      {"upstreams": {
        "orders": {
          "endpoints": [{"host": "10.0.0.7", "port": 9}],
          "announce": {
            "hosts": ["10.0.0.0/8", "192.0.2.1", "fd00::/8", "a.example.com", "*.Svc.internal"],
            "maxEndpoints": 2, "maxPerSecond": 4}},
        "signed": {"announce": {"hosts": ["10.0.0.0/8"], "signed": true}},
        "closed": {"endpoints": [{"host": "10.0.0.7", "port": 1}]}}}
      """;

  private final WeirConfig config = WeirConfig.of(new JsonObject(CONFIG));
  private final Ledger ledger = new Ledger();
  private final Gate gate = new Gate(ledger, new Stamps());

  private String code(Announcement said, long now) {
    Denial denial =
        catchThrowableOfType(Denial.class, () -> gate.check(Notice.of(said, 1), config, now, 0));
    return denial == null ? null : denial.code();
  }

  private void take(Announcement said) {
    ledger.take(Notice.of(said, 1), 0);
  }

  @ParameterizedTest
  @CsvSource({
    "10.255.0.1, true",
    "::ffff:10.0.0.1, true",
    "11.0.0.1, false",
    "192.0.2.1, true",
    "192.0.2.2, false",
    "fd12::1, true",
    "fe80::1, false",
    "A.example.com, true",
    "b.example.com, false",
    "xa.example.com, false",
    "x.svc.internal, true",
    "x.y.svc.internal, true",
    "svc.internal, false",
    "xsvc.internal, false",
    "10.0.0.0.example.com, false"
  })
  void host_mustBeAllowed(String host, boolean allowed) {
    assertThat(code(Said.of(1, "host", host), 0)).isEqualTo(allowed ? null : Denial.FORBIDDEN);
  }

  @Test
  void upstream_mustTakeAnnouncements() {
    assertThat(code(Said.of(1, "upstream", "closed"), 0)).isEqualTo(Denial.NOT_FOUND);
    assertThat(code(Said.of(1, "upstream", "none"), 0)).isEqualTo(Denial.NOT_FOUND);
  }

  @Test
  void endpointOfTheConfiguration_isNotAnnounced() {
    assertThat(code(Said.of(9), 0)).isEqualTo(Denial.EXISTS);
  }

  @Test
  void timeToLive_isBounded() {
    assertThat(code(Said.of(1, "ttlMillis", 60_000), 0)).isNull();
    assertThat(code(Said.of(1, "ttlMillis", 60_001), 0)).isEqualTo(Denial.FORBIDDEN);
  }

  @Test
  void endpoints_areBounded_butThoseThatAreThereMayGoOn() {
    take(Said.of(1));
    take(Said.of(2));
    assertThat(code(Said.of(3), 0)).isEqualTo(Denial.LIMIT);
    assertThat(code(Said.of(2), 0)).isNull();
    assertThat(code(Said.of(3, "state", "withdrawn"), 0)).isNull();
  }

  private String code(Notice notice, long wallMillis) {
    Denial denial =
        catchThrowableOfType(Denial.class, () -> gate.check(notice, config, 0, wallMillis));
    return denial == null ? null : denial.code() + " " + denial.path();
  }

  private static Notice signed(long at, long now) {
    Announcement said = Said.of(1, "upstream", "signed");
    return Notice.of(new Signed(said, at, new JsonObject()), now);
  }

  @Test
  void upstreamThatWantsSignatures_takesNothingElse() {
    Announcement said = Said.of(1, "upstream", "signed");
    assertThat(code(said, 0)).isEqualTo(Denial.FORBIDDEN);
    assertThat(code(signed(7, 7), 7)).isNull();
  }

  @Test
  void signed_holdsNoLongerThanItsTime_andIsNotFromTheFuture() {
    long at = 100_000;
    assertThat(signed(at, at + 9_999).leftMillis()).isEqualTo(1);
    assertThat(code(signed(at, at + 9_999), at + 9_999)).isNull();
    assertThat(code(signed(at, at + 10_000), at + 10_000)).isEqualTo("forbidden /at");
    assertThat(signed(at, at - 60_000).leftMillis()).isEqualTo(10_000);
    assertThat(code(signed(at, at - 60_000), at - 60_000)).isNull();
    assertThat(code(signed(at, at - 60_001), at - 60_001)).isEqualTo("forbidden /at");
  }

  @Test
  void signed_countsOnlyWhenItIsLaterThanWhatIsKnown() {
    ledger.take(signed(7, 7), 0);
    assertThat(code(signed(7, 7), 7)).isEqualTo("forbidden /at");
    assertThat(code(signed(6, 7), 7)).isEqualTo("forbidden /at");
    assertThat(code(signed(8, 8), 8)).isNull();
  }

  @Test
  void rate_isBounded_andComesBack() {
    for (int i = 0; i < 4; i++) {
      assertThat(code(Said.of(1), 0)).isNull();
    }
    assertThat(code(Said.of(1), 0)).isEqualTo(Denial.LIMIT);
    long quarter = TimeUnit.MILLISECONDS.toNanos(250);
    assertThat(code(Said.of(1), quarter)).isNull();
    assertThat(code(Said.of(1), quarter)).isEqualTo(Denial.LIMIT);
  }
}
