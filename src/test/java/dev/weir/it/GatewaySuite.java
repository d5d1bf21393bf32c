package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

/**
 * What every suite extends: starts upstreams, a gateway and clients, closes them in the order in
 * which they depend on one another, and looks whether anything was left behind.
 */
@Timeout(60)
abstract class GatewaySuite {
  static final int SMALL_BUFFER_BYTES = 65_536;

  /** Enough requests for each of a few endpoints to get some. */
  private static final int ROUND = 12;

  private final List<ScriptedUpstream> upstreams = new ArrayList<>();
  private final List<Gateway> gateways = new ArrayList<>();
  private final List<RawClient> clients = new ArrayList<>();

  /** Where the instances stand; a suite that runs on every scale overrides it. */
  Scale scale() {
    return Scale.PER_EVENT_LOOP;
  }

  /** An upstream that answers each request. */
  ScriptedUpstream upstream(ScriptedUpstream.Answer answer) throws IOException {
    return keep(ScriptedUpstream.answering(answer));
  }

  /** An upstream that answers each request, on a port that another one has left. */
  ScriptedUpstream upstreamAt(int port, ScriptedUpstream.Answer answer) throws IOException {
    return keep(ScriptedUpstream.answering(port, answer));
  }

  /** An upstream that runs {@code script} on each connection. */
  ScriptedUpstream scripted(ScriptedUpstream.Script script) throws IOException {
    return keep(ScriptedUpstream.start(script));
  }

  /** The same at an address and port. */
  ScriptedUpstream scriptedAt(InetAddress address, int port, ScriptedUpstream.Script script)
      throws IOException {
    return keep(ScriptedUpstream.start(address, port, script));
  }

  private ScriptedUpstream keep(ScriptedUpstream upstream) {
    upstreams.add(upstream);
    return upstream;
  }

  Gateway gateway(GatewayConfig config) {
    if (scale().isShared()) {
      gateways.forEach(Gateway::close); // A Vert.x takes one gateway at a time.
    }
    return keep(Gateway.start(config.scale(scale())));
  }

  /** Closes a gateway with the suite. */
  Gateway keep(Gateway gateway) {
    gateways.add(gateway);
    return gateway;
  }

  /** A gateway in front of {@code upstreams}, with nothing else configured. */
  Gateway gateway(ScriptedUpstream... upstreams) {
    return gateway(GatewayConfig.to(upstreams));
  }

  /** A new client of the gateway that was started last. */
  RawClient client() throws IOException {
    return client(gateways.get(gateways.size() - 1).port());
  }

  RawClient client(int port) throws IOException {
    return keep(RawClient.connect(port));
  }

  /** A new client that takes little of what it does not read. */
  RawClient clientWithSmallBuffer() throws IOException {
    return keep(RawClient.connect(gateways.get(gateways.size() - 1).port(), SMALL_BUFFER_BYTES));
  }

  /** Who answers a round of requests: what they say, or with which flag the gateway speaks. */
  static Set<String> answering(RawClient client) {
    Set<String> names = new TreeSet<>();
    try {
      for (int i = 0; i < ROUND; i++) {
        RawResponse response = client.get("/");
        names.add(response.flag() == null ? response.text() : response.flag());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return names;
  }

  static void awaitAnswering(RawClient client, String... names) {
    Await.until(
        () -> "served by " + Set.of(names) + ", not " + answering(client),
        () -> answering(client).equals(Set.of(names)),
        Await.PATIENCE);
  }

  private RawClient keep(RawClient client) {
    clients.add(client);
    return client;
  }

  @AfterEach
  void closeAll() throws Exception {
    for (RawClient client : clients) {
      client.close();
    }
    for (Gateway gateway : gateways) {
      try (gateway) {
        Await.until(
            () -> "nothing is left without a client: " + gateway.leftBehind(),
            () -> gateway.inFlight() == 0 && gateway.leftBehind().isEmpty(),
            Await.PATIENCE);
      }
    }
    for (ScriptedUpstream upstream : upstreams) {
      upstream.release();
      try (upstream) {
        Await.until(
            "the closed gateway leaves no connection to an upstream",
            () -> upstream.openConnections() == 0);
      }
    }
  }

  @AfterAll
  static void noBufferIsLost() {
    assertThat(Leaks.found()).isEmpty();
  }
}
