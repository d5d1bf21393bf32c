package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.node.Node;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes of a cluster that watch files which differ. */
class SharedWatchIT extends ClusterSuite {
  @TempDir Path directory;

  private static long version(Operated node) {
    return Node.of(node.gateway().vertx()).snapshot().version();
  }

  private static String answer(Operated node) {
    try (RawClient client = node.gateway().connect()) {
      return client.get("/").text();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
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
    Path whole = Files.writeString(directory.resolve("whole.new"), second.json().encode());
    Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE); // Nobody sees a half of it.
    Await.until("all follow", () -> version(founder) == 2 && version(other) == 2);
    for (Operated node : List.of(founder, other)) {
      Await.until("its lanes follow", () -> answer(node).equals("second"));
    }
  }
}
