package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.demo.Demo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The five commands of the README, as they stand there but for the ports, which are others because
 * those may be taken.
 */
@Timeout(120)
class ReadmeIT extends GatewaySuite {
  private static final String HEADING = "the first five things to type:";
  private static final List<String> WHAT_IS_SEEN =
      List.of(
          "\"service\":\"service ",
          "\"endpoint\":\"127.0.0.1:",
          "{\"version\":2}",
          "{\"version\":3}",
          "endpoint.drain");

  @TempDir Path directory;

  private final Map<String, String> ports = new LinkedHashMap<>();

  private String withOtherPorts(String text) {
    String result = text;
    for (Map.Entry<String, String> port : ports.entrySet()) {
      result = result.replace(port.getKey(), port.getValue());
    }
    return result;
  }

  private static List<String> commands() throws IOException {
    String readme = Files.readString(Path.of("README.md"));
    String after = readme.substring(readme.indexOf(HEADING));
    int start = after.indexOf("```sh\n") + 6;
    return after.substring(start, after.indexOf("```", start)).lines().toList();
  }

  private WeirProcess demo() throws IOException {
    for (String port : List.of("8080", "8081", "9001", "9002", "9003", "9004")) {
      ports.put(port, String.valueOf(Ports.unused()));
    }
    String config =
        Files.readString(Path.of("conf/weir.json"))
            .replaceFirst("\"routes\"", "\"admin\": { \"port\": 8081 },\n  \"routes\"");
    Path conf = Files.createDirectory(directory.resolve("conf"));
    Files.writeString(conf.resolve("weir.json"), withOtherPorts(config));
    List<String> command = GatewayProcess.java("-Xmx128m");
    command.add(Demo.class.getName());
    ProcessBuilder program = new ProcessBuilder(command).directory(directory.toFile());
    return WeirProcess.start(directory.resolve("output"), program);
  }

  private String run(String command) throws IOException {
    ProcessBuilder shell = new ProcessBuilder("sh", "-c", withOtherPorts(command));
    try (WeirProcess process = WeirProcess.start(directory.resolve("answer"), shell)) {
      assertThat(process.awaitExit()).as(command).isZero();
      return process.output();
    }
  }

  @Test
  void firstFiveCommandsWorkAsTheyArePasted() throws Exception {
    try (WeirProcess demo = demo()) {
      demo.awaitOutput("Weir listens on");
      List<String> commands = commands();
      assertThat(commands).hasSameSizeAs(WHAT_IS_SEEN);
      for (int i = 0; i < commands.size(); i++) {
        assertThat(run(commands.get(i))).as(commands.get(i)).contains(WHAT_IS_SEEN.get(i));
      }
    }
  }
}
