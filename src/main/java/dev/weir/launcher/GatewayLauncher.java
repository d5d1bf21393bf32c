package dev.weir.launcher;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.VertxBuilder;
import io.vertx.core.VertxOptions;
import io.vertx.core.impl.launcher.ServiceCommandFactoryLoader;
import io.vertx.core.impl.launcher.VertxCommandLauncher;
import io.vertx.core.impl.launcher.VertxLifecycleHooks;
import io.vertx.core.impl.launcher.commands.ExecUtils;
import io.vertx.core.internal.logging.Logger;
import io.vertx.core.internal.logging.LoggerFactory;
import io.vertx.core.json.JsonObject;
import io.vertx.core.spi.launcher.DefaultCommandFactory;
import io.vertx.core.transport.Transport;
import java.util.List;

/**
 * The Vert.x launcher with what {@link dev.weir.WeirLauncher} promises. Entries of a manifest that
 * name a command or a verticle are for launchers that are main classes themselves, so not for it.
 */
public final class GatewayLauncher extends VertxCommandLauncher implements VertxLifecycleHooks {

  private static final Logger LOGGER = LoggerFactory.getLogger(GatewayLauncher.class);

  /**
   * @param alone whether {@code run} is the only command, for Vert.x learns of each by reflection
   */
  private GatewayLauncher(boolean alone) {
    super(alone ? List.of() : List.of(new ServiceCommandFactoryLoader()));
    register(new DefaultCommandFactory<>(StrictRunCommand.class, StrictRunCommand::new));
  }

  /** Does what a command line says. */
  public static void launch(String[] args) {
    LogLine.install();
    new GatewayLauncher(CommandLine.runsAlone(args)).dispatch(args);
  }

  @Override
  protected String getMainVerticle() {
    return CommandLine.GATEWAY;
  }

  @Override
  public VertxBuilder createVertxBuilder(VertxOptions options) {
    Transport transport = transport();
    LOGGER.info("Sockets by " + transport.name());
    return Vertx.builder().with(options).withTransport(transport);
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
  public void afterConfigParsed(JsonObject config) {}

  @Override
  public void afterStartingVertx(Vertx vertx) {}

  @Override
  public void beforeDeployingVerticle(DeploymentOptions options) {}

  @Override
  public void beforeStoppingVertx(Vertx vertx) {}

  @Override
  public void afterStoppingVertx() {}

  @Override
  public void handleDeployFailed(
      Vertx vertx, String verticle, DeploymentOptions options, Throwable cause) {
    // Not on this thread: it is an event loop, and closing Vert.x before the exit needs it.
    new Thread(ExecUtils::exitBecauseOfVertxDeploymentIssue, "weir-exit").start();
  }
}
