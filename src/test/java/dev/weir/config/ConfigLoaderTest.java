package dev.weir.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigLoaderTest {
  @TempDir private Path directory;

  private WeirConfig load(String json) {
    return load(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  private WeirConfig load(byte[] bytes) {
    try {
      Path file = Files.write(directory.resolve("weir.json"), bytes);
      return ConfigLoader.load(file, Map.of("PORT", "80")::get);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void file_isReadWithItsVariables() {
    WeirConfig config = load("{'$schema': './weir.schema.json', 'admin': {'port': '${PORT}'}}");
    assertThat(config.admin().port()).isEqualTo(80);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'scale': | line 1, column 10: Unexpected end-of-input",
        "{'scale' 1} | line 1, column 10: Unexpected character ('1'",
        "{'scale': {'ingress': 01}} | line 1, column 24: Invalid numeric value",
        "{'scale': NaN} | line 1, column 14: Non-standard token 'NaN'",
        "{scale: 1} | line 1, column 2: Unexpected character ('s'",
        "{} {} | line 1, column 4: text after the object",
        "{} x | line 1, column 5: Unrecognized token 'x'",
        "[] | line 1, column 1: no object",
        "`` | line 1, column 1: no object",
      })
  void malformedText_isRefusedWithItsPlace(String json, String problem) {
    assertThatThrownBy(() -> load(json))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith(problem)
        .hasMessageEndingWith("(expected: well-formed JSON with an object)");
  }

  @Test
  void malformedText_hasItsLine() {
    assertThatThrownBy(() -> load("{\n  'scale': {\n    'ingress': 1,\n  }\n}"))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("line 4, column 3: ");
  }

  @Test
  void duplicateKeys_areReportedBesideOtherProblems() {
    ConfigException refused =
        catchThrowableOfType(
            ConfigException.class,
            () ->
                load(
                    "{'scale': {'ingress': 1,\n 'ingress': 2}, 'drain': {},\n"
                        + " 'drain': {}, 'routes': [{'a/b': 1, 'a/b': 2}]}"));
    assertThat(refused.problems().stream().map(Problem::toString))
        .startsWith(
            "/scale/ingress: twice, again at line 2, column 2 (expected: each key once)",
            "/drain: twice, again at line 3, column 2 (expected: each key once)",
            "/routes/0/a~1b: twice, again at line 3, column 37 (expected: each key once)")
        .anyMatch(problem -> problem.startsWith("/routes/0/a~1b: 2 (expected: one of the keys"));
  }

  @Test
  void missingFile_isAProblem() {
    Path file = directory.resolve("none.json");
    assertThatThrownBy(() -> ConfigLoader.load(file))
        .isInstanceOf(ConfigException.class)
        .hasMessage(file + ": no such file (expected: a readable file of JSON in UTF-8)");
  }

  @Test
  void directoryOrOtherBytes_areProblems() {
    assertThatThrownBy(() -> ConfigLoader.load(directory))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith(directory + ": ");
    assertThatThrownBy(() -> load(new byte[] {'{', (byte) 0xff, '}'}))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("(expected: a readable file of JSON in UTF-8)");
  }
}
