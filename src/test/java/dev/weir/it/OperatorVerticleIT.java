package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.Signer;
import dev.weir.node.Node;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Commands are signed as the manual says. */
class OperatorVerticleIT extends GatewaySuite {
  private static final JsonObject COMMAND =
      Verbs.fields("op", "endpoint.weight", "upstream", "main", "endpoint", "127.0.0.1:1")
          .put("weight", 7);

  private Gateway secured() {
    return gateway(Verbs.config().with("/control/secret", Signer.SECRET));
  }

  private static int weight(Gateway gateway) {
    return Node.of(gateway.vertx()).snapshot().upstreams().get("main").endpoints().get(0).weight();
  }

  @Test
  void verticle_signsAndSends() {
    Gateway gateway = secured();
    JsonObject config = Verbs.fields("command", COMMAND, "secret", Signer.SECRET, "stay", true);
    Await.result(
        gateway
            .vertx()
            .deployVerticle("verticles/operate.groovy", new DeploymentOptions().setConfig(config)));
    Await.until("it is carried out", () -> weight(gateway) == 7);
  }

  @Test
  void lineOfTheManual_signs() throws Exception {
    Gateway gateway = secured();
    String line =
        Files.readAllLines(Path.of("src/main/asciidoc/index.adoc")).stream()
            .filter(each -> each.startsWith("printf ") && each.contains("openssl"))
            .findAny()
            .orElseThrow();
    long at = System.currentTimeMillis();
    String nonce = Signer.nonce();
    ProcessBuilder shell = new ProcessBuilder(List.of("bash", "-c", line));
    shell.environment().put("AT", Long.toString(at));
    shell.environment().put("NONCE", nonce);
    shell.environment().put("COMMAND", COMMAND.encode());
    shell.environment().put("WEIR_SECRET", Signer.SECRET);
    Process process = shell.redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    JsonObject message =
        Signer.MAIN
            .sign("weir.control", COMMAND.encode(), at, nonce)
            .put("signature", output.split(" ")[0]);
    JsonObject answer =
        Await.result(gateway.vertx().eventBus().<JsonObject>request("weir.control", message))
            .body();
    assertThat(answer.getLong("version")).as(answer + output).isEqualTo(2);
    assertThat(weight(gateway)).isEqualTo(7);
  }
}
