package dev.weir.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.Signer;
import dev.weir.bus.Addresses;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What one node does for itself, and what it writes down of all changes. */
@ExtendWith(VertxExtension.class)
class LocalCommandsTest {

  @TempDir Path folder;

  @Test
  void drainForAWhile_endsByItself(Vertx vertx) throws Exception {
    Operator operator = new Operator(vertx);
    operator.node().started();
    assertThat(operator.ask("gateway.drain", "ttlMillis", 1).getBoolean("draining")).isTrue();
    assertThat(operator.event().getLong("ttlMillis")).isEqualTo(1);
    JsonObject end = operator.event();
    assertThat(end.getString("op")).isEqualTo("gateway.drain");
    assertThat(end.getBoolean("takenBack")).isTrue();
    assertThat(operator.node().draining()).isFalse();
    assertThat(operator.node().ready()).isTrue();
  }

  @Test
  void laterCommand_isNotTakenBackWithTheOneBefore(Vertx vertx) throws Exception {
    Operator operator = new Operator(vertx);
    operator.ask("gateway.drain", "ttlMillis", 500);
    operator.event();
    assertThat(operator.ask("gateway.drain").getBoolean("changed")).isFalse();
    operator.ask("gateway.resume");
    assertThat(operator.event().getString("type")).isEqualTo("resume");
    operator.ask("gateway.drain", "ttlMillis", 1);
    operator.event();
    assertThat(operator.event().getBoolean("takenBack")).isTrue();
    operator.assertNoEvent();
    assertThat(operator.node().draining()).isFalse();
  }

  @Test
  void nodeThatStops_doesNotResume(Vertx vertx) throws Exception {
    Operator operator = new Operator(vertx);
    operator.node().stop();
    JsonObject error = operator.refused("gateway.resume");
    assertThat(error.getString("code")).isEqualTo("unavailable");
    assertThat(operator.node().draining()).isTrue();
  }

  @Test
  void forcedBreaker_returnsToWhatItWas(Vertx vertx) throws Exception {
    Operator operator = new Operator(vertx, breakers());
    operator.ask("breaker.disable", "upstream", "users");
    JsonObject answer = operator.ask("breaker.open", "upstream", "users", "ttlMillis", 1);
    assertThat(answer.getString("state")).isEqualTo("FORCED_OPEN");
    while (!Boolean.TRUE.equals(operator.event().getBoolean("takenBack"))) {
      // Breakers tell of their own transitions in between.
    }
    assertThat(
            operator
                .ask("upstream.show", "upstream", "users")
                .getJsonObject("circuitBreaker")
                .getString("state"))
        .isEqualTo("DISABLED");
    JsonObject stale = operator.ask("breaker.open", "upstream", "users", "ifVersion", 9);
    assertThat(stale.getJsonObject("error").getString("code")).isEqualTo("stale");
    operator.ask("breaker.open", "upstream", "users", "dryRun", true);
    assertThat(
            operator
                .ask("upstream.show", "upstream", "users")
                .getJsonObject("circuitBreaker")
                .getString("state"))
        .isEqualTo("DISABLED");
  }

  private static JsonObject breakers() {
    JsonObject config = Operator.config();
    config
        .getJsonObject("upstreams")
        .getJsonObject("users")
        .put("circuitBreaker", new JsonObject());
    return config;
  }

  @Test
  void everyChange_isALineOfTheJournal(Vertx vertx) throws Exception {
    Path journal = folder.resolve("journal");
    JsonObject control = new JsonObject().put("journal", journal.toString());
    Operator operator = new Operator(vertx, Operator.config().put("control", control));
    Object[] fields = {"upstream", "orders", "endpoint", "10.0.0.7:9001"};
    operator.ask("endpoint.disable", fields);
    operator.ask("gateway.drain");
    operator.ask("stats");
    operator.ask("endpoint.disable", "upstream", "none", "endpoint", "none");
    operator.ask("endpoint.enable", fields);
    String node = operator.node().id();
    operator.undeploy();
    List<JsonObject> lines = Files.readAllLines(journal).stream().map(JsonObject::new).toList();
    assertThat(lines)
        .extracting(line -> line.getString("op"))
        .containsExactly("endpoint.disable", "gateway.drain", "endpoint.enable");
    assertThat(lines).extracting(line -> line.getLong("version")).containsExactly(2L, 2L, 3L);
    assertThat(lines)
        .allMatch(line -> line.getString("node").equals(node) && line.getInstant("at") != null);
  }

  @Test
  void journal_saysWhoItWas(Vertx vertx) throws Exception {
    Path journal = folder.resolve("journal");
    JsonObject control =
        new JsonObject().put("journal", journal.toString()).put("secret", Signer.SECRET);
    Operator operator = new Operator(vertx, Operator.config().put("control", control));
    JsonObject command = new JsonObject().put("op", "gateway.drain");
    operator.send(Signer.MAIN.sign(Addresses.CONTROL, command));
    assertThat(operator.event().getString("key")).isEqualTo("main");
    operator.undeploy();
    assertThat(new JsonObject(Files.readString(journal)).getString("key")).isEqualTo("main");
    assertThat(Files.readString(journal)).doesNotContain(Signer.SECRET);
  }
}
