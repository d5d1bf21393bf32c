package dev.weir.launcher;

import dev.weir.config.ConfigException;
import dev.weir.config.ConfigLoader;
import dev.weir.config.WeirConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxBuilder;
import io.vertx.core.VertxOptions;
import io.vertx.core.cli.annotations.Description;
import io.vertx.core.cli.annotations.Name;
import io.vertx.core.cli.annotations.Summary;
import io.vertx.core.impl.launcher.commands.ExecUtils;
import io.vertx.core.impl.launcher.commands.RunCommand;
import io.vertx.core.internal.logging.Logger;
import io.vertx.core.internal.logging.LoggerFactory;
import io.vertx.core.json.JsonObject;
import io.vertx.core.metrics.MetricsOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * {@code run} for which a configuration that can't be read is an error. The command of Vert.x logs
 * it and goes on with an empty one.
 */
@Name("run")
@Summary("Runs a verticle called <main-verticle> in its own instance of vert.x.")
@Description("Runs a verticle; without one, the gateway.")
public final class StrictRunCommand extends RunCommand {

  private static final Logger LOGGER = LoggerFactory.getLogger(StrictRunCommand.class);
  private static final String GATEWAY = "dev.weir.WeirVerticle";
  private static final Path DEFAULT = Path.of("conf", "weir.json");

  @Override
  protected JsonObject getConfiguration() {
    try {
      return GATEWAY.equals(mainVerticle) ? gateway().toJson() : other();
    } catch (ConfigException e) {
      LOGGER.error(e.getMessage());
    } catch (IOException e) {
      LOGGER.error("Cannot read the configuration: " + e.getMessage());
    }
    ExecUtils.exitBecauseOfSystemConfigurationIssue();
    return null;
  }

  private WeirConfig gateway() throws IOException {
    if (config == null) {
      return Files.exists(DEFAULT) ? ConfigLoader.load(DEFAULT) : embedded();
    }
    return config.startsWith("{")
        ? ConfigLoader.parse(config, System::getenv)
        : ConfigLoader.load(Path.of(config));
  }

  private static WeirConfig embedded() throws IOException {
    try (InputStream stream = StrictRunCommand.class.getResourceAsStream("/conf/weir.json")) {
      String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
      return ConfigLoader.parse(text, System::getenv);
    }
  }

  @Override
  protected void beforeStartingVertx(VertxOptions options) {
    // The launcher turns metrics on because their module is on the class path; each hook of theirs
    // costs every request, and Weir counts for itself.
    boolean asked = vertxOptions != null && vertxOptions.contains("metricsOptions");
    if (!asked && options.getMetricsOptions() != null) {
      options.getMetricsOptions().setEnabled(false);
    }
    super.beforeStartingVertx(options);
  }

  @Override
  protected Vertx create(VertxBuilder builder) {
    return super.create(withoutUnwantedMetrics(builder));
  }

  @Override
  protected Future<Vertx> createClustered(VertxBuilder builder) {
    return super.createClustered(withoutUnwantedMetrics(builder));
  }

  /** The launcher hands the factory over whether or not metrics are enabled. */
  private VertxBuilder withoutUnwantedMetrics(VertxBuilder builder) {
    MetricsOptions metrics = options.getMetricsOptions();
    return metrics != null && metrics.isEnabled() ? builder : builder.withMetrics(null);
  }

  private JsonObject other() throws IOException {
    JsonObject json = super.getConfiguration();
    if (config != null && json == null) {
      throw new IOException("--conf names no file with a JSON object, and is none");
    }
    return json;
  }
}
