package dev.weir.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.config.EndpointConfig;
import dev.weir.config.UpstreamConfig;
import dev.weir.config.WeirConfig;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A snapshot keeps what stays, and knows what differs from another one. */
class SnapshotTest {

  private static final int UPSTREAMS = 1_000;

  private long version = 1;

  private static Snapshot first() {
    JsonObject upstreams = new JsonObject();
    for (int i = 0; i < UPSTREAMS; i++) {
      JsonObject endpoint = new JsonObject().put("host", "10.0.0.7").put("port", 9001 + i);
      upstreams.put("u" + i, new JsonObject().put("endpoints", JsonArray.of(endpoint)));
    }
    return Snapshot.first(WeirConfig.of(new JsonObject().put("upstreams", upstreams)), 1);
  }

  private Snapshot next(Snapshot before, WeirConfig config) {
    return before.next(config, ++version, Map.of(), 0);
  }

  private Snapshot weigh(Snapshot before, String name, int weight) {
    UpstreamConfig upstream = before.config().upstreams().get(name);
    EndpointConfig endpoint = upstream.endpoints().get(0).withWeight(weight);
    return next(before, before.config().with(upstream.with(List.of(endpoint))));
  }

  private static List<String> names(List<Upstream> upstreams) {
    return upstreams.stream().map(Upstream::name).sorted().toList();
  }

  @Test
  void changeOfOneUpstream_leavesTheObjectsOfTheOthers() {
    Snapshot before = first();
    Snapshot after = weigh(before, "u500", 7);
    for (String name : before.upstreams().keySet()) {
      Upstream was = before.upstreams().get(name);
      Upstream is = after.upstreams().get(name);
      assertThat(is.endpoints().get(0)).isSameAs(was.endpoints().get(0));
      assertThat(is == was).as(name).isEqualTo(!name.equals("u500"));
    }
  }

  @Test
  void whatDiffers_isKnownOfSnapshotsApartAndInBothDirections() {
    Snapshot before = first();
    Snapshot one = weigh(before, "u1", 7);
    Snapshot gone = next(one, one.config().without("u2"));
    Snapshot last = weigh(gone, "u3", 9);
    assertThat(names(last.changedSince(before))).containsExactly("u1", "u3");
    assertThat(names(before.changedSince(last))).containsExactly("u1", "u2", "u3");
    assertThat(names(last.changedSince(one))).containsExactly("u3");
    assertThat(last.changedSince(last)).isEmpty();
    assertThat(last.changedSince(null)).hasSize(UPSTREAMS - 1);
  }

  @Test
  void whatWasTakenBack_stillIsAnotherObject() {
    Snapshot before = first();
    Snapshot after = weigh(weigh(before, "u1", 7), "u1", 1);
    assertThat(names(after.changedSince(before))).containsExactly("u1");
  }

  @Test
  void whoHasMissedMoreThanIsRemembered_looksAtEverything() {
    Snapshot before = first();
    Snapshot last = before;
    for (int i = 0; i < 2 * Steps.MOST; i++) {
      last = weigh(last, "u" + i, 7);
    }
    assertThat(last.steps().between(before.steps())).isNull();
    assertThat(last.changedSince(before)).hasSize(2 * Steps.MOST);
    assertThat(before.changedSince(last)).hasSize(2 * Steps.MOST);
  }

  @Test
  void whoBeginsAnew_keepsNothing() {
    Snapshot before = first();
    Snapshot renewed = before.renewed(before.config(), 2, Map.of());
    assertThat(renewed.changedSince(before)).hasSize(UPSTREAMS);
    assertThat(before.changedSince(weigh(renewed, "u1", 7))).hasSize(UPSTREAMS);
  }

  @Test
  void configurationThatSaysTheSame_changesNothing() {
    Snapshot before = first();
    WeirConfig same = WeirConfig.of(before.config().toJson());
    assertThat(next(before, same).changedSince(before)).isEmpty();
  }
}
