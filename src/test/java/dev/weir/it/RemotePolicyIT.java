package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Handler;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A verticle on the bus picks. */
class RemotePolicyIT extends BalancingSuite {
  private static final int REQUESTS = 40;

  /** No answer that comes is as late as that. */
  private static final int PATIENT_MILLIS = 5_000;

  private final List<MessageConsumer<?>> consumers = new ArrayList<>();

  private Gateway asking(String address) throws Exception {
    return asking(address, 100);
  }

  private Gateway asking(String address, int timeoutMillis) throws Exception {
    JsonObject balancer =
        new JsonObject()
            .put("policy", "bus:" + address)
            .put("fallback", "first")
            .put("busTimeoutMillis", timeoutMillis);
    return gateway(balanced(3, balancer));
  }

  private void answering(Gateway gateway, String address, Handler<Message<JsonObject>> handler) {
    MessageConsumer<JsonObject> consumer =
        gateway.vertx().eventBus().<JsonObject>consumer(address, handler);
    consumers.add(consumer);
    Await.result(consumer.completion());
  }

  @AfterEach
  void unregister() {
    consumers.forEach(consumer -> Await.result(consumer.unregister()));
  }

  private static double remote(Gateway gateway, String result) throws Exception {
    return gateway
        .metrics()
        .get("weir_balancer_remote_total{result=\"" + result + "\",upstream=\"main\"}");
  }

  @Test
  void answerIsFollowed() throws Exception {
    Gateway gateway = asking("picks.last", PATIENT_MILLIS);
    List<JsonObject> questions = new ArrayList<>();
    answering(
        gateway,
        "picks.last",
        question -> {
          questions.add(question.body());
          question.reply(new JsonObject().put("endpoint", id(2)));
        });
    assertThat(answers(client(), REQUESTS)).isEqualTo(Map.of("2", REQUESTS));
    JsonObject question = questions.get(0);
    assertThat(question.getString("upstream")).isEqualTo("main");
    assertThat(question.getString("target")).isEqualTo("/0");
    assertThat(question.getString("client")).isEqualTo("127.0.0.1");
    assertThat(question.getJsonArray("endpoints")).hasSize(3);
    assertThat(question.getJsonArray("endpoints").getJsonObject(2).getString("endpoint"))
        .isEqualTo(id(2));
    assertThat(remote(gateway, "picked")).isEqualTo(REQUESTS);
  }

  @Test
  void nobodyThere_theFallbackPicks() throws Exception {
    Gateway gateway = asking("picks.nobody");
    assertThat(answers(client(), REQUESTS)).isEqualTo(Map.of("0", REQUESTS));
    assertThat(remote(gateway, "unanswered")).isEqualTo(REQUESTS);
  }

  @Test
  void lateAnswer_theFallbackPicks() throws Exception {
    Gateway gateway = asking("picks.late");
    answering(gateway, "picks.late", question -> {});
    assertThat(answers(client(), 2)).isEqualTo(Map.of("0", 2));
    assertThat(remote(gateway, "unanswered")).isEqualTo(2);
  }

  @Test
  void verticleThatDoesNotAnswer_isNotWaitedForAndAskedAgainLater() throws Exception {
    Gateway gateway = asking("picks.dead");
    int[] asked = {0};
    boolean[] dead = {true};
    answering(
        gateway,
        "picks.dead",
        question -> {
          asked[0]++;
          if (!dead[0]) {
            question.reply(new JsonObject().put("endpoint", id(2)));
          }
        });
    Operated dashboard = Operated.listen(gateway, "vertx.circuit-breaker");
    RawClient client = client();
    answers(client, 5);
    Await.until(
        "dashboards of vertx-circuit-breaker see it",
        () ->
            dashboard.all().stream()
                .filter(told -> told.getString("name").startsWith("weir/bus/picks.dead@"))
                .anyMatch(told -> told.getString("state").equals("OPEN")));
    int askedBefore = asked[0];
    answers(client, 5);
    assertThat(asked[0] - askedBefore).as("trials").isLessThanOrEqualTo(1);
    dead[0] = false;
    Await.until(
        "it picks again",
        () -> {
          try {
            return answers(client, 1).equals(Map.of("2", 1));
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        });
  }

  @Test
  void wrongAnswers_theFallbackPicks() throws Exception {
    Gateway gateway = asking("picks.wrong", PATIENT_MILLIS);
    Object[] wrong = {
      "text",
      7,
      new JsonObject(),
      new JsonObject().put("endpoint", "10.0.0.1:1"),
      new JsonObject().put("endpoint", 7),
      new JsonObject().putNull("endpoint"),
    };
    int[] next = {0};
    answering(gateway, "picks.wrong", question -> question.reply(wrong[next[0]++ % wrong.length]));
    assertThat(answers(client(), 2 * wrong.length)).isEqualTo(Map.of("0", 2 * wrong.length));
    assertThat(remote(gateway, "unusable")).isEqualTo(2 * wrong.length);
  }

  @Test
  void refusal_theFallbackPicks() throws Exception {
    Gateway gateway = asking("picks.refused");
    answering(gateway, "picks.refused", question -> question.fail(1, "not today"));
    assertThat(answers(client(), REQUESTS)).isEqualTo(Map.of("0", REQUESTS));
  }

  @Test
  void verticleInGroovyPicks() throws Exception {
    Gateway gateway =
        asking("my.balancer", PATIENT_MILLIS); // What is compiled on its first call takes its time.
    String verticle = Await.result(gateway.vertx().deployVerticle("verticles/least-loaded.groovy"));
    try {
      Map<String, Integer> answers = answers(client(), REQUESTS);
      assertThat(remote(gateway, "picked")).isEqualTo(REQUESTS);
      assertThat(answers).as("of equal ones any").hasSize(3);
    } finally {
      Await.result(gateway.vertx().undeploy(verticle));
    }
  }
}
