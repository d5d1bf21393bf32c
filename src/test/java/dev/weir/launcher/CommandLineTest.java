package dev.weir.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "run",
        "run dev.weir.WeirVerticle",
        "run dev.weir.WeirVerticle --conf conf/weir.json --cluster",
        "run --conf conf/weir.json"
      })
  void runsGateway(String line) {
    assertThat(CommandLine.runsGateway(line.split(" "))).isTrue();
    assertThat(CommandLine.runsAlone(line.split(" "))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"run verticles/operate.groovy", "run some.Verticle --cluster"})
  void runsAnotherVerticle(String line) {
    assertThat(CommandLine.runsGateway(line.split(" "))).isFalse();
    assertThat(CommandLine.runsAlone(line.split(" "))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "start dev.weir.WeirVerticle",
        "list",
        "--help",
        "run dev.weir.WeirVerticle --redeploy=conf/*",
        "run dev.weir.WeirVerticle -redeploy=conf/*",
        "run dev.weir.WeirVerticle --Redeploy conf/*",
        "run dev.weir.WeirVerticle --redeploy-scan-period=100"
      })
  void takesOtherCommands(String line) {
    assertThat(CommandLine.runsGateway(line.split(" "))).isFalse();
    assertThat(CommandLine.runsAlone(line.split(" "))).isFalse();
  }

  @Test
  void nothingRunsGateway() {
    assertThat(CommandLine.runsGateway(new String[0])).isTrue();
  }
}
