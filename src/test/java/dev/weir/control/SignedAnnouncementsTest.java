package dev.weir.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.Signer;
import dev.weir.WeirAnnouncer;
import dev.weir.bus.Addresses;
import dev.weir.node.Endpoint;
import dev.weir.node.Node;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An upstream that takes signed announcements only. */
@ExtendWith(VertxExtension.class)
class SignedAnnouncementsTest {
  private static final Signer SERVICE = new Signer("services", "s".repeat(32));
  private static final String CONFIG =
      """
      {"accessLog": {"mode": "off"},
       "control": {"secret": "%s",
                   "keys": [{"id": "services", "secret": "%s", "announceOnly": true}]},
       "upstreams": {"orders": {"announce": {"hosts": ["10.0.0.0/8"], "signed": true}}}}
      """
          .formatted(Signer.SECRET, SERVICE.secret());

  private Vertx vertx;

  @BeforeEach
  void deploy(Vertx vertx) throws Exception {
    this.vertx = vertx;
    DeploymentOptions options = new DeploymentOptions().setConfig(new JsonObject(CONFIG));
    Operator.await(vertx.deployVerticle(new ControlVerticle(), options));
  }

  private List<String> endpoints() {
    return Node.of(vertx).snapshot().upstreams().get("orders").endpoints().stream()
        .map(Endpoint::id)
        .toList();
  }

  private static JsonObject announcement(String state) {
    return new JsonObject()
        .put("upstream", "orders")
        .put("host", "10.0.0.7")
        .put("port", 80)
        .put("state", state);
  }

  private static JsonObject signed(Signer signer, String state, long at) {
    String text = announcement(state).encode();
    return signer.sign(Addresses.ANNOUNCE, text, at, Signer.nonce());
  }

  private JsonObject ask(String address, JsonObject message) throws Exception {
    return (JsonObject) Operator.await(vertx.eventBus().request(address, message)).body();
  }

  private void assertForbidden(JsonObject message) throws Exception {
    JsonObject answer = ask(Addresses.ANNOUNCE, message);
    assertThat(answer.getJsonObject("error").getString("code")).isEqualTo("forbidden");
  }

  @Test
  void unsigned_isRefused() throws Exception {
    assertForbidden(announcement("up"));
    assertThat(endpoints()).isEmpty();
  }

  @Test
  void signedWithAnyKey_counts() throws Exception {
    long now = System.currentTimeMillis();
    assertThat(ask(Addresses.ANNOUNCE, signed(SERVICE, "up", now)).getString("state"))
        .isEqualTo("up");
    assertThat(endpoints()).containsExactly("10.0.0.7:80");
    ask(Addresses.ANNOUNCE, signed(Signer.MAIN, "withdrawn", now + 1));
    assertThat(endpoints()).isEmpty();
  }

  @Test
  void wrongSignature_isRefused() throws Exception {
    long now = System.currentTimeMillis();
    assertForbidden(signed(new Signer("services", "t".repeat(32)), "up", now));
    assertForbidden(signed(new Signer("nobody", SERVICE.secret()), "up", now));
    JsonObject changed = signed(SERVICE, "up", now);
    assertForbidden(changed.put("command", changed.getString("command").replace("80", "81")));
    JsonObject elsewhere =
        SERVICE.sign("weir.control", announcement("up").encode(), now, Signer.nonce());
    assertForbidden(elsewhere);
    assertThat(endpoints()).isEmpty();
  }

  @Test
  void sentOnceMore_winsNothing() throws Exception {
    long now = System.currentTimeMillis();
    JsonObject up = signed(SERVICE, "up", now);
    ask(Addresses.ANNOUNCE, up);
    assertForbidden(up);
    ask(Addresses.ANNOUNCE, signed(SERVICE, "withdrawn", now + 1));
    assertForbidden(up);
    assertThat(endpoints()).isEmpty();
    assertForbidden(signed(SERVICE, "up", now - 10_001)); // Its time to live is over.
  }

  @Test
  void report_countsOnce() throws Exception {
    long now = System.currentTimeMillis();
    ask(Addresses.ANNOUNCE, signed(SERVICE, "up", now));
    JsonObject idle = said(announcement("load").put("utilization", 0.05), now + 1);
    ask(Addresses.ANNOUNCE, idle);
    ask(Addresses.ANNOUNCE, said(announcement("load").put("utilization", 0.9), now + 2));
    assertForbidden(idle);
  }

  private static JsonObject said(JsonObject announcement, long at) {
    return SERVICE.sign(Addresses.ANNOUNCE, announcement.encode(), at, Signer.nonce());
  }

  @Test
  void keyForAnnouncements_isGoodForNoCommand() throws Exception {
    JsonObject command = new JsonObject().put("op", "stats");
    JsonObject refused = ask(Addresses.CONTROL, SERVICE.sign(Addresses.CONTROL, command));
    assertThat(refused.getJsonObject("error").getString("code")).isEqualTo("forbidden");
    JsonObject answer = ask(Addresses.CONTROL, Signer.MAIN.sign(Addresses.CONTROL, command));
    assertThat(answer.containsKey("error")).isFalse();
  }

  @Test
  void announcerWithKey_announcesAndWithdraws() throws Exception {
    WeirAnnouncer announcer = new WeirAnnouncer(vertx, "orders", "10.0.0.9", 80);
    assertThatThrownBy(() -> Operator.await(announcer.start())).hasMessageContaining("forbidden");
    announcer.key("services", SERVICE.secret());
    Operator.await(announcer.start());
    assertThat(endpoints()).containsExactly("10.0.0.9:80");
    Operator.await(announcer.withdraw());
    assertThat(endpoints()).isEmpty();
  }
}
