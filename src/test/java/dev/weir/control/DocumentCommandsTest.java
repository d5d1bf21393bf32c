package dev.weir.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.config.WeirConfig;
import dev.weir.node.Upstream;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whole configurations and patches of them. */
@ExtendWith(VertxExtension.class)
class DocumentCommandsTest {

  private static final String SECRET = "a secret of a cookie";

  private Operator operator;

  @BeforeEach
  void deploy(Vertx vertx) throws Exception {
    operator = new Operator(vertx);
  }

  private static JsonObject json(String text) {
    return new JsonObject(text.replace('\'', '"'));
  }

  private WeirConfig config() {
    return operator.snapshot().config();
  }

  private void bindClients() throws Exception {
    String patch =
        "{'upstreams':{'orders':{'balancer':{'affinity':{'cookie':'c','secret':'"
            + SECRET
            + "'}}}}}";
    assertThat(operator.ask("config.patch", "patch", json(patch)).getLong("version")).isEqualTo(2);
    operator.event();
  }

  @Test
  void patch_changesWhatItNames() throws Exception {
    Upstream users = operator.snapshot().upstreams().get("users");
    JsonObject patch =
        json(
            "{'upstreams':{'orders':{'timeouts':{'connectMillis':7}},"
                + "'more':{'endpoints':[{'host':'10.0.0.9','port':1}]}},"
                + "'drain':{'idleGraceMillis':5}}");
    JsonObject answer = operator.ask("config.patch", "patch", patch);
    assertThat(answer.getLong("version")).isEqualTo(2);
    assertThat(config().upstreams().get("orders").timeouts().connectMillis()).isEqualTo(7);
    assertThat(config().upstreams().get("orders").endpoints()).hasSize(2);
    assertThat(config().upstreams()).containsOnlyKeys("orders", "users", "more");
    assertThat(config().drain().idleGraceMillis()).isEqualTo(5);
    assertThat(operator.snapshot().upstreams().get("users")).isSameAs(users);
    assertThat(operator.event().getJsonArray("changes"))
        .containsExactlyInAnyOrder("/upstreams/orders", "/upstreams/more", "/drain");
  }

  @Test
  void patchWithNull_bringsDefaultsBackAndRemovesUpstreams() throws Exception {
    WeirConfig before = config();
    operator.ask("config.patch", "patch", json("{'drain':{'idleGraceMillis':5}}"));
    operator.event();
    operator.ask("config.patch", "patch", json("{'drain':{'idleGraceMillis':null}}"));
    operator.event();
    assertThat(config()).isEqualTo(before);
    operator.ask("config.patch", "patch", json("{'drain':null,'upstreams':{'users':null}}"));
    assertThat(config().upstreams()).containsOnlyKeys("orders");
    assertThat(operator.event().getJsonArray("changes")).containsExactly("/upstreams/users");
  }

  @Test
  void patchThatLeavesSomethingDangling_isRefused() throws Exception {
    for (String patch :
        new String[] {
          "{'upstreams':{'orders':null}}",
          "{'upstreams':null}",
          "{'upstreams':{}, 'routes':[{'id':'x','upstream':'no'}]}"
        }) {
      JsonObject error = operator.refused("config.patch", "patch", json(patch));
      assertThat(error.getString("code")).as(patch).isEqualTo("invalid");
    }
  }

  @Test
  void routeOfAPatch_mayLeadToAnUpstreamOfThePatch() throws Exception {
    String patch =
        "{'routes':[{'id':'n','upstream':'n'}],'upstreams':{'n':{'endpoints':[{'host':'h','port':1}]}}}";
    operator.ask("config.patch", "patch", json(patch));
    assertThat(config().routes()).singleElement().matches(route -> route.upstream().equals("n"));
  }

  @Test
  void problemsOfAPatch_haveTheirPlaceInIt() throws Exception {
    JsonObject patch = json("{'upstreams':{'orders':{'endpoints':[{'host':'h','port':0}]}}}");
    JsonObject error = operator.refused("config.patch", "patch", patch);
    assertThat(error.getString("path")).isEqualTo("/patch/upstreams/orders/endpoints/0/port");
    JsonObject variable =
        json("{'upstreams':{'orders':{'endpoints':[{'host':'${HOME}','port':1}]}}}");
    assertThat(operator.refused("config.patch", "patch", variable).getString("message"))
        .doesNotContain("/root")
        .contains("the variable HOME to be set");
    JsonObject local = operator.refused("config.patch", "patch", json("{'zone':'a'}"));
    assertThat(local.getString("code")).isEqualTo("local");
  }

  @Test
  void replace_bringsBackWhatConfigGetHasShown() throws Exception {
    bindClients();
    JsonObject shown = operator.ask("config.get").getJsonObject("config");
    assertThat(shown.encode()).doesNotContain(SECRET).contains("(hidden)");
    WeirConfig before = config();
    operator.ask("config.patch", "patch", json("{'upstreams':{'users':null}}"));
    operator.event();
    assertThat(operator.ask("config.replace", "config", shown).getLong("version")).isEqualTo(4);
    assertThat(config()).isEqualTo(before);
    assertThat(config().upstreams().get("orders").balancer().affinity().secret()).isEqualTo(SECRET);
    assertThat(operator.event().getString("op")).isEqualTo("config.replace");
  }

  @Test
  void replace_keepsWhatBelongsToTheNodeAndRefusesToChangeIt() throws Exception {
    JsonObject whole = Operator.config();
    whole.remove("accessLog");
    whole.getJsonObject("upstreams").remove("users");
    operator.ask("config.replace", "config", whole);
    assertThat(config().accessLog().mode()).isEqualTo("off");
    assertThat(config().upstreams()).containsOnlyKeys("orders");
    operator.event();
    JsonObject other = Operator.config().put("accessLog", new JsonObject().put("mode", "full"));
    JsonObject error = operator.refused("config.replace", "config", other);
    assertThat(error.getString("code")).isEqualTo("local");
    assertThat(error.getString("path")).isEqualTo("/config/accessLog");
  }

  @Test
  void hiddenSecretThatIsNotThere_isNone() throws Exception {
    bindClients();
    JsonObject shown = operator.ask("config.get").getJsonObject("config");
    JsonObject upstreams = shown.getJsonObject("upstreams");
    upstreams.put("copy", upstreams.getJsonObject("orders").copy());
    JsonObject error = operator.refused("config.replace", "config", shown);
    assertThat(error.getString("path"))
        .isEqualTo("/config/upstreams/copy/balancer/affinity/secret");
    assertThat(error.getString("message")).doesNotContain(SECRET);
  }

  @Test
  void emptyDocuments_areConfigurations() throws Exception {
    assertThat(operator.ask("config.patch", "patch", new JsonObject()).getLong("version"))
        .isEqualTo(2);
    operator.event();
    operator.ask("config.replace", "config", new JsonObject().put("routes", new JsonArray()));
    assertThat(config().upstreams()).isEmpty();
  }
}
