package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.WeirVerticle;
import dev.weir.node.Endpoint;
import dev.weir.node.Node;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.dns.AddressResolverOptions;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An endpoint that is a name stands for all its addresses, and for those of tomorrow. */
@Timeout(60)
class NamesIT {
  private static final String FIRST = "127.0.0.1";
  private static final String SECOND = "127.0.0.2";

  private static final JsonObject PROBES =
      new JsonObject().put("path", "/health").put("intervalMillis", 20).put("timeoutMillis", 2000);

  /** Who was probed since the last look. */
  private final Set<String> probed = ConcurrentHashMap.newKeySet();

  private NameServer names;
  private ScriptedUpstream first;
  private ScriptedUpstream second;
  private Vertx vertx;

  @BeforeEach
  void start() throws Exception {
    names = new NameServer(FIRST, SECOND);
    first = named(FIRST, 0);
    second = named(SECOND, first.port());
    vertx =
        Vertx.vertx(
            new VertxOptions()
                .setEventLoopPoolSize(1)
                .setAddressResolverOptions(
                    new AddressResolverOptions()
                        .addServer("127.0.0.1:" + names.port())
                        .setCacheMaxTimeToLive(0)));
    GatewayConfig config =
        GatewayConfig.to(first)
            .with("/upstreams/main/endpoints/0/host", "service.test")
            .with("/upstreams/main/pool/dnsRefreshMillis", 50)
            .with("/upstreams/main/pool/maxRequests", 3)
            .with("/upstreams/main/health", new JsonObject().put("active", PROBES));
    DeploymentOptions options = new DeploymentOptions().setConfig(config.json());
    Await.result(vertx.deployVerticle(new WeirVerticle(), options));
  }

  private ScriptedUpstream named(String address, int port) throws IOException {
    return ScriptedUpstream.start(
        InetAddress.getByName(address),
        port,
        ScriptedUpstream.answers(
            (request, c) -> {
              if (request.target().equals("/health")) {
                probed.add(address);
              }
              c.reply(200, address);
            }));
  }

  @AfterEach
  void stop() throws Exception {
    Await.result(vertx.close());
    names.close();
    first.close();
    second.close();
  }

  /** Who answers a few requests. */
  private Set<String> answering() {
    Set<String> answers = new TreeSet<>();
    try (RawClient client = RawClient.connect(Node.of(vertx).ports().listeners().get(0))) {
      for (int i = 0; i < 12; i++) {
        answers.add(client.get("/").text());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return answers;
  }

  @Test
  void allAddressesOfAName_areUsed() {
    Await.until("both serve", () -> answering().equals(Set.of(FIRST, SECOND)));
  }

  @Test
  void addressesThatChange_areFollowed() {
    Await.until("both serve", () -> answering().equals(Set.of(FIRST, SECOND)));
    names.answer(SECOND);
    Await.until("the second serves alone", () -> answering().equals(Set.of(SECOND)));
    Await.until("no connection to the first is left", () -> first.openConnections() == 0);
    names.answer(FIRST);
    Await.until("the first serves alone", () -> answering().equals(Set.of(FIRST)));
  }

  private void awaitProbes(String... addresses) {
    Await.until(
        "they are probed",
        () -> {
          Set<String> seen = Set.copyOf(probed);
          probed.removeAll(seen);
          return seen.equals(Set.of(addresses));
        });
  }

  /** A probe keeps its connection, but goes where traffic goes. */
  @Test
  void probes_followTheNameAndKeepWhatTheyHaveWithoutAnAnswer() {
    names.answer(FIRST);
    Await.until("the first serves alone", () -> answering().equals(Set.of(FIRST)));
    awaitProbes(FIRST);
    names.answer(SECOND);
    awaitProbes(SECOND);
    Await.until("no connection to the first is left", () -> first.openConnections() == 0);
    names.answer();
    for (int i = 0; i < 20; i++) {
      awaitProbes(SECOND);
      assertThat(endpoint().healthy()).isTrue();
    }
  }

  private Endpoint endpoint() {
    return Node.of(vertx).snapshot().upstreams().get("main").endpoints().get(0);
  }

  @Test
  void lookUpThatFails_leavesWhatWasKnown() {
    Await.until("both serve", () -> answering().equals(Set.of(FIRST, SECOND)));
    names.answer();
    for (int i = 0; i < 20; i++) {
      assertThat(answering()).isSubsetOf(FIRST, SECOND);
    }
    names.answer(SECOND);
    Await.until("the second serves alone", () -> answering().equals(Set.of(SECOND)));
  }
}
