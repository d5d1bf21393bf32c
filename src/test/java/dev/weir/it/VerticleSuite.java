package dev.weir.it;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A suite that deploys what lies in {@code verticles/} beside a gateway. */
abstract class VerticleSuite extends GatewaySuite {
  /** A compiler that starts cold on a busy machine takes its time. */
  static final Duration LONG = Duration.ofSeconds(30);

  private final Queue<JsonObject> told = new ConcurrentLinkedQueue<>();

  /** Deploys a verticle from its source and returns the id of the deployment. */
  static String deploy(Vertx vertx, String file, JsonObject config) {
    DeploymentOptions options = new DeploymentOptions().setConfig(config).setClassLoader(sources());
    return Await.result(vertx.deployVerticle(file, options), LONG);
  }

  /** Java sources are looked for on the class path, to which {@code -cp verticles} adds. */
  private static ClassLoader sources() {
    try {
      URL[] sources = {Path.of("verticles").toUri().toURL()};
      return new URLClassLoader(sources, VerticleSuite.class.getClassLoader());
    } catch (MalformedURLException e) {
      throw new AssertionError(e);
    }
  }

  /** From now on hears what verticles publish at an address. */
  void hear(Vertx vertx, String address) {
    Await.result(
        vertx
            .eventBus()
            .<JsonObject>consumer(address, event -> told.add(event.body()))
            .completion());
  }

  /** The states that were told so far, in their order. */
  List<String> states() {
    return told.stream().map(event -> event.getString("state")).toList();
  }

  /** Waits until a state was told, and returns what was said of it. */
  JsonObject awaitState(String state) {
    Await.until(() -> state + " is told, not " + told, () -> states().contains(state), LONG);
    return told.stream().filter(event -> event.getString("state").equals(state)).findAny().get();
  }
}
