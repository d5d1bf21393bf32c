package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import example.shop.Shop;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The roles stand in the clustered Vert.x of an application that only knows Weir's jar. */
@Timeout(120)
class ForeignApplicationIT extends GatewaySuite {
  @TempDir Path directory;

  private final Loopback cluster = new Loopback(2);

  private WeirProcess shop(String part, int member, Path config) throws IOException {
    Path file = directory.resolve("cluster" + member + ".xml");
    Files.writeString(file, cluster.xml(member));
    List<String> command =
        List.of(
            GatewayProcess.program(),
            "-Xmx128m",
            "-Dvertx.hazelcast.config=" + file,
            "-cp",
            classPath(),
            Shop.class.getName(),
            part,
            config.toString());
    return WeirProcess.start(directory.resolve(part), new ProcessBuilder(command));
  }

  /** Weir's jar and the application; where the jar was not built, the class path of the tests. */
  private static String classPath() {
    String jar = System.getProperty("weir.jar");
    boolean built = jar != null && Files.exists(Path.of(jar));
    return built ? jar + ":target/test-classes" : System.getProperty("java.class.path");
  }

  @Test
  void commandOnOneNodeChangesWhatTheIngressOnAnotherDoes() throws Exception {
    ScriptedUpstream first = upstream((request, c) -> c.reply(200, "first"));
    ScriptedUpstream second = upstream((request, c) -> c.reply(200, "second"));
    int port = Ports.unused();
    GatewayConfig config = GatewayConfig.to(first, second).listener("port", port);
    Path file = Files.writeString(directory.resolve("weir.json"), config.json().encode());
    try (WeirProcess edge = shop("edge", 0, file);
        WeirProcess office = shop("office", 1, file)) {
      edge.awaitOutput("ready");
      office.awaitOutput("ready");
      RawClient client = client(port);
      assertThat(List.of(client.get("/").text(), client.get("/").text()))
          .containsExactlyInAnyOrder("first", "second");
      JsonObject command =
          new JsonObject()
              .put("op", "endpoint.weight")
              .put("upstream", "main")
              .put("endpoint", "127.0.0.1:" + first.port())
              .put("weight", 0);
      office.type(command.encode());
      office.awaitOutput("{\"version\":2}");
      Await.until("only the second is asked", () -> asked(client) && asked(client));
    }
  }

  private static boolean asked(RawClient client) {
    try {
      return client.get("/").text().equals("second");
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
