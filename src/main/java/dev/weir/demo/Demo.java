package dev.weir.demo;

import dev.weir.WeirVerticle;
import dev.weir.config.ConfigLoader;
import dev.weir.config.WeirConfig;
import dev.weir.node.Node;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.internal.logging.Logger;
import io.vertx.core.internal.logging.LoggerFactory;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Starts the gateway with its default configuration in front of four small services. */
public final class Demo {

  private static final Logger LOG = LoggerFactory.getLogger(Demo.class);
  private static final Path CONFIGURATION = Path.of("conf", "weir.json");
  private static final String UPSTREAM = "demo";
  private static final long CLOSE_SECONDS = 35;
  private static final String LOG_FORMAT = "java.util.logging.SimpleFormatter.format";

  private Demo() {}

  /** Runs until the process is told to end; then drains. */
  public static void main(String[] args) throws Exception {
    System.setProperty(LOG_FORMAT, "%4$-7s %5$s%n");
    int processors = Runtime.getRuntime().availableProcessors();
    Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(processors));
    Runtime.getRuntime().addShutdownHook(new Thread(() -> close(vertx), "demo-close"));
    CountDownLatch failed = new CountDownLatch(1);
    start(vertx)
        .onSuccess(started -> print(System.out, Node.of(vertx)))
        .onFailure(
            failure -> {
              LOG.error("The demo did not start.\n" + failure.getMessage());
              failed.countDown();
            });
    failed.await(); // For ever, unless it did not start.
    System.exit(1);
  }

  private static Future<String> start(Vertx vertx) {
    WeirConfig weir = ConfigLoader.load(CONFIGURATION);
    JsonArray ports = new JsonArray();
    weir.upstreams().get(UPSTREAM).endpoints().forEach(endpoint -> ports.add(endpoint.port()));
    JsonObject services = new JsonObject().put("ports", ports);
    JsonObject config = weir.toJson();
    return vertx
        .deployVerticle(new DemoVerticle(), new DeploymentOptions().setConfig(services))
        .compose(
            serving ->
                vertx.deployVerticle(
                    new WeirVerticle(), new DeploymentOptions().setConfig(config)));
  }

  private static void print(PrintStream out, Node node) {
    String gateway = "localhost:" + node.ports().listeners().get(0);
    String admin = "localhost:" + node.ports().admin();
    List.of(
            "",
            "Weir listens on http://" + gateway + " in front of four services. Try:",
            "",
            "  # again and again: each service answers in turn, the third is slow",
            "  curl " + gateway + "/",
            "  # the prefix goes, fields come",
            "  curl -i " + gateway + "/api/hello",
            "  # the fourth service fails now and then",
            "  for i in $(seq 40); do curl -so /dev/null -w '%{http_code} ' " + gateway + "/; done",
            "  # the gateway's own answer, with a flag that says why",
            "  curl -i -H 'Host: a b' " + gateway + "/",
            "  # what the gateway knows of the services, and its numbers",
            "  curl " + admin + "/upstreams",
            "  curl -s " + admin + "/metrics | grep weir_",
            "",
            "Ctrl-C drains and ends it.",
            "")
        .forEach(out::println);
  }

  private static void close(Vertx vertx) {
    CountDownLatch closed = new CountDownLatch(1);
    vertx.close().onComplete(done -> closed.countDown());
    try {
      closed.await(CLOSE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
