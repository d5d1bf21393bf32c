package example.shop;

import dev.weir.balancer.BalancerVerticle;
import dev.weir.control.ControlVerticle;
import dev.weir.ingress.IngressVerticle;
import dev.weir.upstream.UpstreamVerticle;
import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * An application with a clustered Vert.x of its own. Its {@code edge} takes the roles of Weir in
 * that serve clients, its {@code office} only the one that takes commands.
 *
 * <p>Says {@code ready} when it is, then sends each line of standard input to {@code weir.control}
 * and prints the answer; ends with its input.
 */
public final class Shop {
  private final Vertx vertx;
  private final DeploymentOptions options;

  private Shop(Vertx vertx, JsonObject config) {
    this.vertx = vertx;
    this.options = new DeploymentOptions().setConfig(config);
  }

  /** Takes the part, {@code edge} or {@code office}, and the file of Weir's configuration. */
  public static void main(String[] args) throws IOException {
    JsonObject config = new JsonObject(Files.readString(Path.of(args[1])));
    Vertx vertx =
        Vertx.builder()
            .withClusterManager(new HazelcastClusterManager())
            .buildClustered()
            .toCompletionStage()
            .toCompletableFuture()
            .join();
    Shop shop = new Shop(vertx, config);
    join(args[0].equals("edge") ? shop.edge() : shop.deploy(ControlVerticle::new));
    System.out.println("ready");
    shop.obey();
    join(vertx.close());
  }

  private Future<String> edge() {
    return deploy(UpstreamVerticle::new)
        .compose(upstream -> deploy(BalancerVerticle::new))
        .compose(balancer -> deploy(IngressVerticle::new));
  }

  private Future<String> deploy(Supplier<Deployable> role) {
    return vertx.deployVerticle(role, options);
  }

  private void obey() throws IOException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      JsonObject command = new JsonObject(line);
      System.out.println(join(vertx.eventBus().request("weir.control", command)).body());
    }
  }

  private static <T> T join(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().join();
  }
}
