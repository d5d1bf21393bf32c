package dev.weir.announce;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.config.Announcement;
import dev.weir.config.EndpointConfig;
import dev.weir.config.ObjectReader;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LedgerTest {
  private final Ledger ledger = new Ledger();

  private static long millis(long millis) {
    return TimeUnit.MILLISECONDS.toNanos(millis);
  }

  private boolean take(Announcement said, long stamp, long now) {
    return ledger.take(Notice.of(said, stamp), now);
  }

  private List<String> ids() {
    return ledger.endpoints().getOrDefault("orders", List.of()).stream()
        .map(EndpointConfig::id)
        .toList();
  }

  @Test
  void announced_isThereUntilItsTimeIsOver() {
    assertThat(take(Said.of(1, "ttlMillis", 3000), 1, Long.MAX_VALUE - millis(1))).isTrue();
    assertThat(ledger.expire(Long.MAX_VALUE + millis(2998))).isEmpty();
    assertThat(ids()).containsExactly("10.0.0.7:1");
    assertThat(ledger.expire(Long.MAX_VALUE + millis(2999))).hasSize(1);
    assertThat(ledger.endpoints()).isEmpty();
  }

  @Test
  void heartbeat_prolongs() {
    take(Said.of(1, "ttlMillis", 3000), 1, 0);
    take(Said.of(1, "ttlMillis", 3000), 2, millis(2000));
    assertThat(ledger.expire(millis(4999))).isEmpty();
    assertThat(ledger.expire(millis(5000))).hasSize(1);
  }

  @Test
  void olderWord_comesTooLate() {
    take(Said.of(1, "state", "draining"), 7, 0);
    assertThat(take(Said.of(1), 6, 1)).isFalse();
    assertThat(take(Said.of(1), 7, 1)).isFalse();
    assertThat(ledger.endpoints().get("orders").get(0).drain()).isTrue();
    assertThat(ledger.nextStamp(Said.of(1), 3)).isEqualTo(8);
    assertThat(ledger.nextStamp(Said.of(1), 30)).isEqualTo(30);
    assertThat(take(Said.of(1), 8, 1)).isTrue();
    assertThat(ledger.endpoints().get("orders").get(0).drain()).isFalse();
  }

  @Test
  void withdrawn_isNotBroughtBackByAnOlderWord_andIsForgottenInTheEnd() {
    take(Said.of(1), 1, 0);
    assertThat(take(Said.of(1, "state", "withdrawn"), 3, 0)).isTrue();
    assertThat(ids()).isEmpty();
    assertThat(ledger.size("orders")).isZero();
    assertThat(take(Said.of(1), 2, 1)).isFalse();
    assertThat(ids()).isEmpty();
    assertThat(ledger.expire(millis(10_000))).isEmpty();
    assertThat(ledger.notices(millis(10_000))).isEmpty();
  }

  @Test
  void memberThatIsLost_takesItsEndpointsAlong() {
    take(Said.of(1, "member", "a"), 1, 0);
    take(Said.of(2, "member", "b"), 1, 0);
    take(Said.of(3), 1, 0);
    assertThat(ledger.retain(List.of("a", "b"))).isEmpty();
    assertThat(ledger.retain(List.of("b"))).extracting(Announcement::member).containsExactly("a");
    assertThat(ids()).containsExactly("10.0.0.7:2", "10.0.0.7:3");
  }

  @Test
  void memberThatIsNotListedYet_isNotLost() {
    take(Said.of(1, "member", "new"), 1, 0);
    assertThat(ledger.retain(List.of("other"))).isEmpty();
    assertThat(ledger.retain(List.of("other", "new"))).isEmpty();
    take(Said.of(1, "member", "new"), 2, 0);
    assertThat(ledger.retain(List.of("other"))).hasSize(1);
  }

  @Test
  void endpointOnAnotherMember_isNotLostWithTheOldOne() {
    take(Said.of(1, "member", "old"), 1, 0);
    ledger.retain(List.of("old"));
    take(Said.of(1, "member", "new"), 2, 0);
    assertThat(ledger.retain(List.of("other"))).isEmpty();
    assertThat(ids()).containsExactly("10.0.0.7:1");
  }

  @Test
  void endpoints_standInOneOrderWhateverCameFirst() {
    for (int port : new int[] {3, 1, 2}) {
      take(Said.of(port), 1, 0);
    }
    assertThat(ids()).containsExactly("10.0.0.7:1", "10.0.0.7:2", "10.0.0.7:3");
  }

  @Test
  void notices_sayWhatIsLeft() {
    take(Said.of(1, "ttlMillis", 3000, "zone", "a"), 5, 0);
    Notice notice = ledger.notices(millis(1000)).get(0);
    assertThat(notice.leftMillis()).isEqualTo(2000);
    assertThat(ObjectReader.parse(notice.toJson(), Notice::read)).isEqualTo(notice);
  }

  @Test
  void notices_sayWhatWasSigned() {
    JsonObject envelope = new JsonObject().put("signature", "00");
    ledger.take(Notice.of(new Signed(Said.of(1), 5, envelope), 5), 0);
    Notice notice = ledger.notices(0).get(0);
    assertThat(notice.envelope()).isEqualTo(envelope);
    assertThat(ObjectReader.parse(notice.toJson(), Notice::read)).isEqualTo(notice);
  }
}
