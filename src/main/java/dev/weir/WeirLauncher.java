package dev.weir;

import dev.weir.launcher.LogLine;
import dev.weir.launcher.StrictRunCommand;
import dev.weir.launcher.Transports;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Launcher;
import io.vertx.core.Vertx;
import io.vertx.core.VertxBuilder;
import io.vertx.core.VertxOptions;
import io.vertx.core.impl.launcher.commands.ExecUtils;
import io.vertx.core.internal.logging.Logger;
import io.vertx.core.internal.logging.LoggerFactory;
import io.vertx.core.spi.launcher.DefaultCommandFactory;
import io.vertx.core.transport.Transport;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The main class of {@code weir.jar}: the Vert.x launcher with all its commands and options, and
 * the defaults of a gateway.
 *
 * <p>Without a command it runs {@link WeirVerticle}, without {@code --conf} from {@code
 * conf/weir.json}. With {@code --cluster} it forms a cluster as {@code conf/cluster.xml} says, by
 * default on the loopback interface only; {@code -Dvertx.hazelcast.config} names another file. It
 * runs on the fastest of the {@linkplain Transports transports}, starts one event loop for each
 * processor, and leaves the metrics of Vert.x itself off, since Weir has its own; options and
 * {@code -Dvertx.options.…} have the last word. Vert.x does not watch for blocked event loops,
 * because it would read the clock for every task, unless {@code
 * -Dvertx.disableContextTimings=false} is given; buffers come from Netty's pooled allocator unless
 * {@code -Dio.netty.allocator.type=adaptive} is. A deployment that fails ends the process with a
 * status other than 0.
 */
public final class WeirLauncher extends Launcher {

  private static final Logger LOGGER = LoggerFactory.getLogger(WeirLauncher.class);

  private static final Path CLUSTER = Path.of("conf", "cluster.xml");

  private static final String EMBEDDED = "classpath:conf/cluster.xml";

  private WeirLauncher() {
    register(new DefaultCommandFactory<>(StrictRunCommand.class, StrictRunCommand::new));
  }

  public static void main(String[] args) {
    LogLine.install();
    // For each task Vert.x would read the clock, to tell who blocks, and set a class loader.
    setIfAbsent("vertx.disableContextTimings", "true");
    setIfAbsent("vertx.disableTCCL", "true");
    // Netty's own default, which adapts, costs a request more: gateways ask for few sizes.
    setIfAbsent("io.netty.allocator.type", "pooled");
    // Hazelcast's own default would look for members by multicast on every interface.
    setIfAbsent("vertx.hazelcast.config", Files.exists(CLUSTER) ? CLUSTER.toString() : EMBEDDED);
    new Thread(Transports::load, "weir-load").start();
    new WeirLauncher().dispatch(args);
  }

  private static void setIfAbsent(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }

  @Override
  protected String getMainVerticle() {
    return WeirVerticle.class.getName();
  }

  @Override
  public VertxBuilder createVertxBuilder(VertxOptions options) {
    Transport transport = transport();
    LOGGER.info("Sockets by " + transport.name());
    return super.createVertxBuilder(options).withTransport(transport);
  }

  private static Transport transport() {
    try {
      return Transports.chosen();
    } catch (IllegalArgumentException | IllegalStateException e) {
      LOGGER.error(e.getMessage(), e.getCause());
      ExecUtils.exitBecauseOfSystemConfigurationIssue();
      return Transport.NIO;
    }
  }

  @Override
  public void beforeStartingVertx(VertxOptions options) {
    if (options.getEventLoopPoolSize() == VertxOptions.DEFAULT_EVENT_LOOP_POOL_SIZE) {
      options.setEventLoopPoolSize(Runtime.getRuntime().availableProcessors());
    }
  }

  @Override
  public void handleDeployFailed(
      Vertx vertx, String verticle, DeploymentOptions options, Throwable cause) {
    // Not on this thread: it is an event loop, and closing Vert.x before the exit needs it.
    new Thread(ExecUtils::exitBecauseOfVertxDeploymentIssue, "weir-exit").start();
  }
}
