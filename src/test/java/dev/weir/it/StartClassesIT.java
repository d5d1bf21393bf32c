package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.WeirLauncher;
import dev.weir.launcher.Defaults;
import dev.weir.launcher.GatewayLauncher;
import io.vertx.core.json.JsonObject;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * That the list of classes that are loaded ahead is what a start needs. It differs a little from
 * one JVM and transport to the other, hence the tolerance; {@code
 * -Dit.test=StartClassesIT#listIsWhatAStartLoads -Dweir.startClasses.write=true} writes it anew.
 */
class StartClassesIT extends GatewaySuite {
  private static final Path LIST = Path.of("src/main/resources/dev/weir/launcher/start.classes");
  private static final Pattern LOADED = Pattern.compile("(\\S+) source: (?:file|jar):.*");
  private static final double TOLERANCE = 0.08;

  @TempDir Path directory;

  /** The program without what it does ahead. */
  static final class Plain {
    private Plain() {}

    public static void main(String[] args) {
      Defaults.set();
      GatewayLauncher.launch(args);
    }
  }

  @Test
  void listIsWhatAStartLoads() throws Exception {
    Set<String> needed = new LinkedHashSet<>();
    start(Plain.class.getName(), () -> needed.addAll(loaded()));
    if (Boolean.getBoolean("weir.startClasses.write")) {
      Files.writeString(LIST, String.join("\n", needed) + "\n");
    }
    Set<String> listed = new LinkedHashSet<>(lines(LIST));
    assertThat(without(needed, listed)).hasSizeLessThan((int) (TOLERANCE * needed.size()));
    assertThat(without(listed, needed)).hasSizeLessThan((int) (TOLERANCE * needed.size()));
  }

  @Test
  void startLoadsAllOfTheList() throws Exception {
    Set<String> listed = new LinkedHashSet<>(lines(LIST));
    start(
        WeirLauncher.class.getName(),
        () ->
            Await.until(
                () -> "these are loaded, or the list written anew: " + without(listed, loaded()),
                () -> without(listed, loaded()).isEmpty(),
                Await.PATIENCE));
  }

  /** Starts a gateway, has it answer a request, and looks at it. */
  private void start(String main, Runnable look) throws Exception {
    ScriptedUpstream upstream = upstream((request, c) -> c.reply(200, "here"));
    int port = Ports.unused();
    JsonObject health = JsonObject.of("mode", "hybrid");
    GatewayConfig config =
        GatewayConfig.to(upstream)
            .listener("port", port)
            .with("/upstreams/main/circuitBreaker", new JsonObject())
            .with("/upstreams/main/health", health);
    Path file = Files.writeString(directory.resolve("weir.json"), config.json().encode());
    List<String> command = program("-Xlog:class+load:file=" + log());
    command.addAll(List.of(main, "run", "dev.weir.WeirVerticle", "--conf", file.toString()));
    try (WeirProcess gateway =
        WeirProcess.start(directory.resolve("output"), new ProcessBuilder(command))) {
      gateway.awaitListening(port);
      assertThat(client(port).get("/").text()).isEqualTo("here");
      look.run();
    }
  }

  /** With what is delivered on the class path, where it has been built, and {@link Plain}. */
  private static List<String> program(String option) throws Exception {
    Path jar = Path.of(System.getProperty("weir.jar", "target/no.jar"));
    if (!Files.exists(jar)) {
      return GatewayProcess.java(option);
    }
    Path tests = Path.of(Plain.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    String path = jar + File.pathSeparator + tests;
    return new ArrayList<>(List.of(GatewayProcess.program(), option, "-cp", path));
  }

  private Path log() {
    return directory.resolve("loaded.log");
  }

  /** The classes of the class path that were loaded until now, in order. */
  private Set<String> loaded() {
    Set<String> classes = new LinkedHashSet<>();
    for (String line : lines(log())) {
      Matcher matcher = LOADED.matcher(line);
      if (matcher.find() && !matcher.group(1).contains("Lambda") && !isOfTests(matcher.group(1))) {
        classes.add(matcher.group(1));
      }
    }
    return classes;
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isOfTests(String name) {
    return name.startsWith("dev.weir.it.");
  }

  private static Set<String> without(Set<String> all, Set<String> some) {
    Set<String> rest = new LinkedHashSet<>(all);
    rest.removeAll(some);
    return rest;
  }
}
