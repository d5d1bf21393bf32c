package dev.weir.it;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the suites of balancing share: upstreams that give their number, and who answered. */
abstract class BalancingSuite extends ScaledSuite {
  final List<ScriptedUpstream> upstreams = new ArrayList<>();

  /** A gateway in front of so many upstreams, balanced as told. */
  GatewayConfig balanced(int count, JsonObject balancer) throws IOException {
    for (int i = 0; i < count; i++) {
      String name = Integer.toString(i);
      upstreams.add(upstream((request, c) -> c.reply(200, name)));
    }
    return GatewayConfig.to(upstreams.toArray(ScriptedUpstream[]::new))
        .with("/upstreams/main/balancer", balancer);
  }

  static GatewayConfig endpoint(GatewayConfig config, int endpoint, String key, Object value) {
    return config.with("/upstreams/main/endpoints/" + endpoint + "/" + key, value);
  }

  String id(int endpoint) {
    return "127.0.0.1:" + upstreams.get(endpoint).port();
  }

  /** How often each upstream, or a flag in its place, answers so many requests of one client. */
  static Map<String, Integer> answers(RawClient client, int requests, String... headers)
      throws IOException {
    Map<String, Integer> answers = new TreeMap<>();
    for (int i = 0; i < requests; i++) {
      RawResponse response = client.get("/" + i, headers);
      answers.merge(response.flag() == null ? response.text() : response.flag(), 1, Integer::sum);
    }
    return answers;
  }

  static JsonObject command(Gateway gateway, JsonObject command) {
    JsonObject answer =
        Await.result(gateway.vertx().eventBus().<JsonObject>request("weir.control", command))
            .body();
    if (answer.containsKey("error")) {
      throw new AssertionError(answer.encode());
    }
    return answer;
  }

  /** A command with the given keys and values. */
  static JsonObject op(String op, Object... fields) {
    JsonObject command = new JsonObject().put("op", op).put("upstream", "main");
    for (int i = 0; i < fields.length; i += 2) {
      command.put((String) fields[i], fields[i + 1]);
    }
    return command;
  }

  static JsonObject json(String text) {
    return new JsonObject(text.replace('\'', '"'));
  }
}
