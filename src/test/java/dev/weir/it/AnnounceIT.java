package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.Signer;
import dev.weir.WeirAnnouncer;
import dev.weir.bus.Addresses;
import dev.weir.node.Node;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What services announce reaches every node of a cluster, and goes when they do. */
@Timeout(120)
class AnnounceIT extends AnnouncedSuite {

  private static JsonObject announcement(int port) {
    return new JsonObject().put("upstream", "main").put("host", "127.0.0.1").put("port", port);
  }

  private static JsonObject announce(Vertx from, JsonObject announcement) {
    return Await.result(from.eventBus().<JsonObject>request("weir.upstream.announce", announcement))
        .body();
  }

  @Test
  void plainMessageFromAnyMember_isInForceOnEveryNodeWithTheAnswer() throws Exception {
    ScriptedUpstream service = upstream((request, c) -> c.reply(200, request.target()));
    Operated one = node();
    Operated two = node();
    Await.until("both know each other", () -> one.members() == 2 && two.members() == 2);
    Vertx plain = home();
    JsonObject answer = announce(plain, announcement(service.port()));
    assertThat(answer.getInteger("nodes")).isEqualTo(2);
    for (Operated node : List.of(one, two)) {
      assertThat(endpoints(node)).containsExactly("127.0.0.1:" + service.port());
      try (RawClient client = node.gateway().connect()) {
        assertThat(client.get("/x").text()).isEqualTo("/x");
      }
      assertThat(node.endpoint(0).getString("source")).isEqualTo("announced");
      String series =
          "weir_endpoint_announced{endpoint=\"127.0.0.1:%d\",upstream=\"main\"}"
              .formatted(service.port());
      assertThat(node.gateway().metrics()).containsEntry(series, 1.0);
    }
    announce(plain, announcement(service.port()).put("state", "withdrawn"));
    assertThat(endpoints(one)).isEmpty();
    assertThat(endpoints(two)).isEmpty();
    try (RawClient client = two.gateway().connect()) {
      assertThat(client.get("/x").headers().first("weir-flag")).isEqualTo("UH");
    }
  }

  @Test
  void nodeThatStartsLater_knowsWhatWasAnnouncedBefore() {
    Operated one = node();
    announce(one.gateway().vertx(), announcement(1));
    Operated two = node();
    assertThat(endpoints(two)).containsExactly("127.0.0.1:1");
    Await.until("both know each other", () -> one.members() == 2 && two.members() == 2);
    announce(one.gateway().vertx(), announcement(2));
    assertThat(endpoints(two)).containsExactly("127.0.0.1:1", "127.0.0.1:2");
  }

  @Test
  void memberThatGoesWithoutAWord_takesItsServicesAlong() {
    Operated one = node();
    Operated two = node();
    Vertx service = home();
    WeirAnnouncer announcer = new WeirAnnouncer(service, "main", "127.0.0.1", 1).ttlMillis(60_000);
    Await.result(announcer.start());
    announce(one.gateway().vertx(), announcement(2).put("ttlMillis", 60_000));
    awaitEndpoints(one, 2);
    awaitEndpoints(two, 2);
    Await.result(service.close());
    awaitEndpoints(one, 1);
    awaitEndpoints(two, 1);
    assertThat(endpoints(one)).containsExactly("127.0.0.1:2");
    for (Operated node : List.of(one, two)) {
      Await.until(
          "it tells so",
          () ->
              node.events("announce").stream()
                  .anyMatch(event -> event.getString("state").equals("lost")));
    }
  }

  @Test
  void whoSaysHeIsANode_needsTheSignatureOfTheService() {
    GatewayConfig config =
        config()
            .with("/upstreams/main/announce/signed", true)
            .with("/control/secret", Signer.SECRET);
    Operated one = node(config);
    Operated two = node(config);
    Await.until("both know each other", () -> one.members() == 2 && two.members() == 2);
    Vertx plain = home();
    tell(plain, two, announcement(1));
    JsonObject signed = Signer.MAIN.sign(Addresses.ANNOUNCE, announcement(2));
    tell(plain, two, announcement(3).put("envelope", signed.copy().put("at", 1)));
    assertThat(endpoints(two)).isEmpty();
    tell(plain, two, announcement(4).put("envelope", signed)); // What was signed counts.
    assertThat(endpoints(two)).containsExactly("127.0.0.1:2");
    WeirAnnouncer announcer = new WeirAnnouncer(plain, "main", "127.0.0.1", 5);
    Await.result(announcer.key("main", Signer.SECRET).start());
    assertThat(endpoints(one)).containsExactly("127.0.0.1:5");
    assertThat(endpoints(two)).containsExactly("127.0.0.1:2", "127.0.0.1:5");
  }

  private static void tell(Vertx from, Operated node, JsonObject notice) {
    notice.put("stamp", 1L << 50).put("leftMillis", 60_000);
    JsonObject notices = new JsonObject().put("notices", JsonArray.of(notice));
    String id = Node.of(node.gateway().vertx()).id();
    Await.result(from.eventBus().request(Addresses.ANNOUNCED + "." + id, notices));
  }

  @Test
  void gatewayThatComesLater_hearsOfTheServiceByItsHeartbeat() {
    Vertx service = home();
    WeirAnnouncer announcer = new WeirAnnouncer(service, "main", "127.0.0.1", 1).ttlMillis(1000);
    assertThat(announcer.start().otherwiseEmpty()).isNotNull();
    Operated node = node();
    awaitEndpoints(node, 1);
    Await.result(announcer.withdraw());
    assertThat(endpoints(node)).isEmpty();
  }
}
