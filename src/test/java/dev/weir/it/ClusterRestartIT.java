package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Three processes have one configuration; one of them is killed and comes back. */
@Timeout(180)
class ClusterRestartIT extends GatewaySuite {
  private static final int NODES = 3;
  private static final int KILLED = 2;
  private static final Duration LIMIT = Duration.ofSeconds(5);

  @TempDir Path directory;

  private final Loopback cluster = new Loopback(NODES);
  private final int[] listeners = new int[NODES];
  private final int[] admins = new int[NODES];
  private final List<WeirProcess> processes = new ArrayList<>();
  private GatewayConfig config;

  private WeirProcess start(int member) throws IOException {
    listeners[member] = Ports.unused();
    admins[member] = Ports.unused();
    config.listener("port", listeners[member]).with("/admin/port", admins[member]);
    Path own = Files.createDirectory(directory.resolve("process" + processes.size()));
    WeirProcess process = WeirProcess.start(own, config, cluster, member);
    processes.add(process);
    return process;
  }

  private AdminClient admin(int member) {
    return new AdminClient(admins[member]);
  }

  private long weigh(int member, int endpointPort, int weight) throws Exception {
    JsonObject command =
        new JsonObject()
            .put("op", "endpoint.weight")
            .put("upstream", "main")
            .put("endpoint", "127.0.0.1:" + endpointPort)
            .put("weight", weight);
    JsonObject answer = admin(member).command(command);
    assertThat(answer.fieldNames()).as(answer.encode()).containsExactly("version");
    return answer.getLong("version");
  }

  private void awaitVersion(int member, long version, Duration limit) {
    Await.until(
        () -> "node " + member + " has " + version + ", not " + admin(member).version(),
        () -> admin(member).version() == version,
        limit);
  }

  @Test
  void nodeIsKilledAndComesBack_allHaveOneVersionAndNoRequestFails(TestReporter reporter)
      throws Exception {
    ScriptedUpstream first = upstream((request, c) -> c.reply(200, request.target()));
    ScriptedUpstream second = upstream((request, c) -> c.reply(200, request.target()));
    config = GatewayConfig.to(first, second);
    try {
      for (int i = 0; i < NODES; i++) {
        start(i).awaitListening(listeners[i]);
      }
      try (SteadyLoad one = SteadyLoad.start(listeners[0], 2);
          SteadyLoad other = SteadyLoad.start(listeners[1], 2)) {
        long version = weigh(0, second.port(), 3);
        for (int i = 0; i < NODES; i++) {
          awaitVersion(i, version, LIMIT);
        }
        processes.get(KILLED).kill();
        processes.get(KILLED).awaitExit();
        long began = System.nanoTime();
        long next = weigh(1, second.port(), 5);
        assertThat(next).isGreaterThan(version);
        awaitVersion(0, next, LIMIT);
        awaitVersion(1, next, LIMIT);
        report(reporter, "without it", began);
        WeirProcess back = start(KILLED);
        long last = weigh(0, second.port(), 7);
        assertThat(last).isGreaterThan(next);
        back.awaitListening(admins[KILLED]);
        began = System.nanoTime();
        for (int i = 0; i < NODES; i++) {
          awaitVersion(i, last, LIMIT);
        }
        report(reporter, "with it", began);
        back.awaitListening(listeners[KILLED]);
        try (RawClient client = RawClient.connect(listeners[KILLED])) {
          assertThat(client.get("/").status()).isEqualTo(200);
        }
        one.awaitRequests(one.requests() + 100);
        other.awaitRequests(other.requests() + 100);
        assertThat(one.failures()).isEmpty();
        assertThat(other.failures()).isEmpty();
      }
    } finally {
      processes.forEach(WeirProcess::close);
    }
  }

  private static void report(TestReporter reporter, String what, long began) {
    long millis = Duration.ofNanos(System.nanoTime() - began).toMillis();
    reporter.publishEntry("millis, " + what, String.valueOf(millis));
  }
}
