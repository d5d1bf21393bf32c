package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.node.Node;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes of a cluster that watch files which differ. */
class SharedWatchIT extends ClusterSuite {
  @TempDir Path directory;

  private static long version(Operated node) {
    return Node.of(node.gateway().vertx()).snapshot().version();
  }

  private static String answer(Operated node) throws Exception {
    try (RawClient client = node.gateway().connect()) {
      return client.get("/").text();
    }
  }

  @Test
  void nodeThatJoins_takesWhatIsThereAndFollowsWhatIsWrittenThen() throws Exception {
    GatewayConfig first = GatewayConfig.to(upstream((request, c) -> c.reply(200, "first")));
    GatewayConfig second = GatewayConfig.to(upstream((request, c) -> c.reply(200, "second")));
    Path file = directory.resolve("weir.json");
    second.with("/watch/path", file.toString()).with("/watch/intervalMillis", 100);
    second.with("/cluster/heartbeatMillis", 100).with("/cluster/memberTimeoutMillis", 5000);
    second.scale(scale());
    Files.writeString(file, second.json().encode());
    Operated founder = node(first);
    Operated other = node(second);
    awaitMembers(2);
    assertThat(answer(founder)).isEqualTo("first");
    assertThat(answer(other)).isEqualTo("first");
    assertThat(version(founder)).isEqualTo(1);
    second.with("/upstreams/main/endpoints/0/weight", 3);
    Files.writeString(file, second.json().encode());
    Await.until("all follow", () -> version(founder) == 2 && version(other) == 2);
    assertThat(answer(founder)).isEqualTo("second");
    assertThat(answer(other)).isEqualTo("second");
  }
}
