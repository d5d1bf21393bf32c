package dev.weir.announce;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

/** What was signed, sent once more when little is left that remembers it. */
class StampsTest {

  private final Stamps stamps = new Stamps();

  private static Notice signed(long at, Object... fields) {
    return Notice.of(new Signed(Said.of(1, fields), at, new JsonObject()), at);
  }

  @Test
  void longLivedWord_isRememberedBeyondAShortLivedWithdrawal() {
    Notice up = signed(1_000, "ttlMillis", 60_000);
    assertThat(stamps.take(up)).isTrue();
    assertThat(stamps.take(signed(2_000, "ttlMillis", 1_000, "state", "withdrawn"))).isTrue();
    stamps.expire(60_999);
    assertThat(stamps.isNews(up)).isFalse();
    stamps.expire(61_000);
    assertThat(stamps.isNews(up)).isTrue(); // It holds no longer.
  }

  @Test
  void reportsAndAnnouncements_areCountedApart() {
    assertThat(stamps.take(signed(2, "state", "load", "utilization", 0.5))).isTrue();
    assertThat(stamps.take(signed(1, "state", "up"))).isTrue();
    assertThat(stamps.take(signed(1, "state", "load", "utilization", 0.1))).isFalse();
  }

  @Test
  void unsignedWords_areNotRemembered() {
    Notice unsigned = Notice.of(Said.of(1), 7);
    assertThat(stamps.take(unsigned)).isTrue();
    assertThat(stamps.take(unsigned)).isTrue();
  }
}
