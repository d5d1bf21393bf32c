package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.node.Node;
import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A client stays where its cookie says. */
class AffinityIT extends BalancingSuite implements AlsoRemote {
  private static final int REQUESTS = 20;

  private GatewayConfig sticky(int endpoints, long drainMillis) throws Exception {
    JsonObject affinity =
        new JsonObject()
            .put("cookie", "weir")
            .put("secret", "known to all the nodes")
            .put("drainMillis", drainMillis);
    return balanced(endpoints, new JsonObject().put("affinity", affinity));
  }

  /** The cookie of a response, as a client sends it back. */
  private static String cookie(RawResponse response) {
    String cookie = response.header("set-cookie");
    assertThat(cookie).contains("; Path=/").contains("; HttpOnly").contains("; SameSite=Lax");
    return "Cookie: a=b; " + cookie.substring(0, cookie.indexOf(';'));
  }

  @Test
  void clientsStayAtTheirEndpoint() throws Exception {
    gateway(sticky(4, 60_000));
    Set<String> used = new HashSet<>();
    for (int i = 0; i < 8; i++) {
      RawClient client = client();
      RawResponse first = client.get("/");
      used.add(first.text());
      String cookie = cookie(first);
      assertThat(cookie).doesNotContain(id(Integer.parseInt(first.text())));
      for (int n = 0; n < REQUESTS; n++) {
        RawResponse next = client.get("/", cookie);
        assertThat(next.text()).isEqualTo(first.text());
        assertThat(next.header("set-cookie")).isNull();
      }
    }
    assertThat(used).as("clients without a cookie are spread").hasSizeGreaterThan(1);
  }

  @Test
  void forgedCookiesAreReplaced() throws Exception {
    gateway(sticky(4, 60_000));
    RawClient client = client();
    String good = cookie(client.get("/"));
    String forged = good.substring(0, good.length() - 1) + (good.endsWith("A") ? "B" : "A");
    Set<String> used = new HashSet<>();
    for (int i = 0; i < REQUESTS; i++) {
      RawResponse response = client.get("/", forged);
      assertThat(cookie(response)).isNotEqualTo(forged);
      used.add(response.text());
    }
    assertThat(used).hasSizeGreaterThan(1);
  }

  @Test
  void clientMovesWhenItsEndpointIsUnhealthy() throws Exception {
    Gateway gateway = gateway(sticky(2, 60_000));
    RawClient client = client();
    RawResponse first = client.get("/");
    Node node = Node.of(gateway.vertx());
    int home = Integer.parseInt(first.text());
    node.states().health(node.snapshot().upstreams().get("main").endpoints().get(home), false);
    RawResponse moved = client.get("/", cookie(first));
    assertThat(moved.text()).isNotEqualTo(first.text());
    String cookie = cookie(moved);
    node.states().health(node.snapshot().upstreams().get("main").endpoints().get(home), true);
    assertThat(client.get("/", cookie).text()).isEqualTo(moved.text());
  }

  @Test
  void clientMovesWhenItsEndpointRefuses() throws Exception {
    gateway(sticky(2, 60_000));
    RawClient client = client();
    RawResponse first = client.get("/");
    String cookie = cookie(first);
    ScriptedUpstream home = upstreams.get(Integer.parseInt(first.text()));
    home.close();
    RawResponse moved = client.get("/", cookie);
    assertThat(moved.status()).as("%s", moved).isEqualTo(200);
    assertThat(moved.text()).isNotEqualTo(first.text());
    assertThat(cookie(moved)).isNotEqualTo(cookie);
  }

  @Test
  void clientStaysAtTheEndpointThatOvertookAnother() throws Exception {
    AtomicInteger tries = new AtomicInteger();
    for (String name : List.of("0", "1")) {
      upstreams.add(
          upstream(
              (request, c) -> {
                if (tries.incrementAndGet() == 1) {
                  c.drain();
                } else {
                  c.reply(200, name);
                }
              }));
    }
    gateway(
        sticky(0, 60_000).with("/upstreams/main/retry", json("{'hedge': {'delayMillis': 50}}")));
    RawClient client = client();
    RawResponse first = client.get("/");
    assertThat(tries.get()).isEqualTo(2);
    RawResponse next = client.get("/", cookie(first));
    assertThat(next.text()).isEqualTo(first.text());
    assertThat(next.header("set-cookie")).isNull();
  }

  @Test
  void drainingEndpointKeepsItsClientsUntilTheDeadline() throws Exception {
    Gateway gateway = gateway(sticky(2, 60_000));
    RawClient client = client();
    RawResponse first = client.get("/");
    String cookie = cookie(first);
    String home = id(Integer.parseInt(first.text()));
    command(gateway, op("endpoint.drain", "endpoint", home));
    assertThat(client.get("/", cookie).text()).isEqualTo(first.text());
    assertThat(answers(client, REQUESTS)).as("new clients").doesNotContainKey(first.text());
    JsonObject now = new JsonObject().put("affinity", new JsonObject().put("drainMillis", 0));
    command(gateway, op("upstream.policy", "balancer", now));
    assertThat(client.get("/", cookie).text()).isNotEqualTo(first.text());
  }
}
