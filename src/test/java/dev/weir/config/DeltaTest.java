package dev.weir.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DeltaTest {

  private static final int SEEDS = 300;

  private static JsonObject endpoint(int port, int weight) {
    return new JsonObject().put("host", "10.0.0.1").put("port", port).put("weight", weight);
  }

  private static JsonObject upstream(int... weights) {
    JsonArray endpoints = new JsonArray();
    for (int i = 0; i < weights.length; i++) {
      endpoints.add(endpoint(8000 + i, weights[i]));
    }
    return new JsonObject().put("endpoints", endpoints);
  }

  private static JsonObject route(String id, String upstream) {
    JsonObject match = new JsonObject().put("path", "/" + id);
    return new JsonObject().put("id", id).put("match", match).put("upstream", upstream);
  }

  private static WeirConfig config(JsonObject upstreams, JsonObject... routes) {
    return WeirConfig.of(
        new JsonObject().put("upstreams", upstreams).put("routes", new JsonArray(List.of(routes))));
  }

  /** A configuration of what chance takes from a small supply, so that two have much in common. */
  private static WeirConfig random(Random random) {
    JsonObject upstreams = new JsonObject().put("always", upstream(1));
    for (String name : List.of("a", "b", "c")) {
      if (random.nextBoolean()) {
        upstreams.put(name, upstream(random.nextInt(2), random.nextInt(2)));
      }
    }
    List<JsonObject> routes = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      if (random.nextInt(3) > 0) {
        routes.add(route("r" + i, "always").put("priority", random.nextInt(2)));
      }
    }
    if (random.nextInt(4) == 0) {
      Collections.shuffle(routes, random);
    }
    JsonObject json = new JsonObject().put("upstreams", upstreams).put("routes", routes);
    if (random.nextBoolean()) {
      json.put("drain", new JsonObject().put("deadlineMillis", 1000 + random.nextInt(2)));
    }
    return WeirConfig.of(json.put("trustedProxies", List.of("10.0.0." + random.nextInt(2))));
  }

  private static Delta sent(Delta delta) {
    return Delta.of(new JsonArray(delta.toJson().encode()));
  }

  @Test
  void leadsFromAnyConfigurationToAnyOther_andBack() {
    for (int seed = 0; seed < SEEDS; seed++) {
      Random random = new Random(seed);
      WeirConfig from = random(random);
      WeirConfig to = random(random);
      Delta delta = Delta.between(from, to);
      assertThat(delta.apply(from)).as("seed %d", seed).isEqualTo(to);
      assertThat(sent(delta).apply(from)).as("sent, seed %d", seed).isEqualTo(to);
      assertThat(delta.reversed().apply(to)).as("back, seed %d", seed).isEqualTo(from);
      assertThat(sent(delta).undo(to)).as("undone, seed %d", seed).isEqualTo(from);
      assertThat(Delta.between(to, to).isEmpty()).isTrue();
    }
  }

  @Test
  void whatStays_isTheSameObject() {
    JsonObject upstreams = new JsonObject().put("a", upstream(1, 1)).put("b", upstream(1));
    WeirConfig from = config(upstreams, route("x", "a"), route("y", "b"), route("z", "b"));
    WeirConfig to =
        config(upstreams.copy().put("a", upstream(1, 0)), route("x", "a"), route("z", "b"));
    Delta delta = Delta.between(from, to);
    assertThat(delta.paths()).containsExactly("/routes/y", "/upstreams/a");
    WeirConfig made = delta.apply(from);
    assertThat(made.upstreams().get("b")).isSameAs(from.upstreams().get("b"));
    assertThat(made.routes().get(0)).isSameAs(from.routes().get(0));
    assertThat(made.routes().get(1)).isSameAs(from.routes().get(2));
    assertThat(made.bodies()).isSameAs(from.bodies());
  }

  @Test
  void whatIsLocal_isLeftOut() {
    WeirConfig from = WeirConfig.of(new JsonObject());
    WeirConfig to = WeirConfig.of(new JsonObject().put("zone", "b"));
    assertThat(Delta.between(from, to).isEmpty()).isTrue();
  }

  @Test
  void undo_leavesWhatOthersHaveSetSince() {
    WeirConfig from = config(new JsonObject().put("a", upstream(5, 5, 5)));
    WeirConfig drained = config(new JsonObject().put("a", upstream(0, 0, 5)));
    WeirConfig since = config(new JsonObject().put("a", upstream(0, 7, 9, 1)));
    WeirConfig back = sent(Delta.between(from, drained)).undo(since);
    assertThat(back).isEqualTo(config(new JsonObject().put("a", upstream(5, 7, 9, 1))));
  }

  @Test
  void undo_takesAwayWhatWasAddedAndBringsBackWhatWasRemoved() {
    WeirConfig from = config(new JsonObject().put("a", upstream(1)).put("gone", upstream(2)));
    WeirConfig made = config(new JsonObject().put("a", upstream(1, 1)).put("new", upstream(3)));
    JsonObject now = new JsonObject().put("a", upstream(4, 9)).put("new", upstream(8));
    WeirConfig back = sent(Delta.between(from, made)).undo(config(now));
    assertThat(back)
        .isEqualTo(config(new JsonObject().put("a", upstream(4)).put("gone", upstream(2))));
  }

  @Test
  void undo_doesNotBringBackWhatOthersHaveRemoved() {
    WeirConfig from = config(new JsonObject().put("a", upstream(1)).put("b", upstream(1)));
    WeirConfig made = config(new JsonObject().put("a", upstream(1)).put("b", upstream(0)));
    WeirConfig now = config(new JsonObject().put("a", upstream(1)));
    assertThat(sent(Delta.between(from, made)).undo(now)).isEqualTo(now);
  }

  @Test
  void textsThatLookLikeVariables_stayTexts() {
    JsonObject headers = new JsonObject().put("set", new JsonObject().put("x", "$${HOME}"));
    WeirConfig from = config(new JsonObject().put("a", upstream(1)));
    WeirConfig to =
        config(
            new JsonObject().put("a", upstream(1)), route("r", "a").put("requestHeaders", headers));
    assertThat(sent(Delta.between(from, to)).apply(from)).isEqualTo(to);
  }

  @Test
  void whatCannotBeRead_isRefused() {
    WeirConfig config = config(new JsonObject().put("a", upstream(1)));
    JsonObject broken = upstream(1).put("unknown", 1);
    Delta delta = new Delta(List.of(new Change("upstreams", "a", null, broken, 0, 0)));
    assertThatThrownBy(() -> delta.apply(config))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("unknown");
  }
}
