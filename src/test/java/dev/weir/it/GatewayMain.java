package dev.weir.it;

import dev.weir.WeirVerticle;
import dev.weir.node.Node;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A gateway in a JVM of its own, with limits of its own. Says on standard output on which port it
 * listens, then answers each line of standard input with the memory it uses; ends with its input.
 */
public final class GatewayMain {
  private GatewayMain() {}

  /** Takes the file of the configuration. */
  public static void main(String[] args) throws IOException {
    Vertx vertx = Vertx.vertx();
    JsonObject config = new JsonObject(Files.readString(Path.of(args[0])));
    Await.result(
        vertx.deployVerticle(new WeirVerticle(), new DeploymentOptions().setConfig(config)));
    System.out.println(Node.of(vertx).ports().listeners().get(0));
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
    while (in.readLine() != null) {
      Memory memory = Memory.now();
      System.out.println(memory.heap() + " " + memory.direct());
    }
    Await.result(vertx.close());
  }
}
