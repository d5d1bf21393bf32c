package dev.weir.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The files of {@code conf/} are right as they stand. */
class ConfFilesTest {

  static List<String> configurations() {
    try (Stream<Path> files = Files.list(Documents.CONF)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".json") && !name.endsWith(".schema.json"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("configurations")
  void file_loadsWithoutAnyVariable(String file) {
    ConfigLoader.load(Documents.CONF.resolve(file), Documents.NO_VARIABLES);
    assertThat(Documents.conf(file).getString("$schema")).isEqualTo("./weir.schema.json");
  }

  @Test
  void reference_showsEveryKey() {
    SchemaFile schema = new SchemaFile();
    Set<String> shown = new TreeSet<>();
    Documents.walk(
        Documents.conf("reference.json"),
        "",
        (pointer, value) -> shown.add(pointer.isEmpty() ? "" : schema.at(pointer).name()));
    assertThat(shown).containsAll(schema.places());
  }

  @Test
  void defaultFile_listensOn8080BeforeFourEndpoints() {
    WeirConfig config = WeirConfig.of(Documents.conf("weir.json"), Documents.NO_VARIABLES);
    assertThat(config.ingress()).singleElement().extracting(ListenerConfig::port).isEqualTo(8080);
    assertThat(config.upstreams().get("demo").endpoints())
        .extracting(EndpointConfig::id)
        .containsExactly("127.0.0.1:9001", "127.0.0.1:9002", "127.0.0.1:9003", "127.0.0.1:9004");
  }
}
