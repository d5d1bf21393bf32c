package dev.weir.config;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/** Reads a configuration from a file. It blocks, so it belongs to the start of a process. */
public final class ConfigLoader {

  private ConfigLoader() {}

  /**
   * Reads a file whose <code>${NAME}</code> stand for variables of the environment.
   *
   * @throws ConfigException with all problems at once, that the file can't be read among them
   */
  public static WeirConfig load(Path file) {
    return load(file, System::getenv);
  }

  /**
   * Reads a file.
   *
   * @param variables the value of a name, or null when it is not set
   * @throws ConfigException with all problems at once, that the file can't be read among them
   */
  public static WeirConfig load(Path file, Function<String, String> variables) {
    return parse(read(file), variables);
  }

  /** Like {@link #load(Path, Function)}, of the text of a file. */
  public static WeirConfig parse(String text, Function<String, String> variables) {
    Reading reading = new Reading(new Interpolation(variables));
    JsonObject document = new JsonText(reading).parse(text);
    return reading.read(document, WeirConfig::read);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      throw unreadable(file, "no such file");
    } catch (IOException e) {
      throw unreadable(file, e.toString());
    }
  }

  private static ConfigException unreadable(Path file, String why) {
    return new ConfigException(
        List.of(new Problem("", file + ": " + why, "a readable file of JSON in UTF-8")));
  }
}
