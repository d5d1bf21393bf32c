package dev.weir;

import dev.weir.launcher.Ahead;
import dev.weir.launcher.GatewayLauncher;
import java.io.File;

/**
 * The main class of {@code weir.jar}: the Vert.x launcher with all its commands and options, and
 * the defaults of a gateway.
 *
 * <p>Without a command it runs {@link WeirVerticle}, without {@code --conf} from {@code
 * conf/weir.json}. With {@code --cluster} it forms a cluster as {@code conf/cluster.xml} says, by
 * default on the loopback interface only; {@code -Dvertx.hazelcast.config} names another file. It
 * runs on the fastest of the {@linkplain dev.weir.launcher.Transports transports}, starts one event
 * loop for each processor, and leaves the metrics of Vert.x itself off, since Weir has its own;
 * options and {@code -Dvertx.options.…} have the last word. Vert.x does not watch for blocked event
 * loops, because it would read the clock for every task, unless {@code
 * -Dvertx.disableContextTimings=false} is given; buffers come from Netty's pooled allocator unless
 * {@code -Dio.netty.allocator.type=adaptive} is. A deployment that fails ends the process with a
 * status other than 0.
 */
public final class WeirLauncher {

  // It knows no class of Vert.x: the JVM would load it, and all that it knows, before main.

  private static final String CLUSTER = "conf/cluster.xml";

  private WeirLauncher() {}

  public static void main(String[] args) {
    // For each task Vert.x would read the clock, to tell who blocks, and set a class loader.
    setIfAbsent("vertx.disableContextTimings", "true");
    setIfAbsent("vertx.disableTCCL", "true");
    // Netty's own default, which adapts, costs a request more: gateways ask for few sizes.
    setIfAbsent("io.netty.allocator.type", "pooled");
    // Hazelcast's own default would look for members by multicast on every interface.
    boolean given = new File(CLUSTER).exists();
    setIfAbsent("vertx.hazelcast.config", given ? CLUSTER : "classpath:" + CLUSTER);
    if (args.length == 0 || args[0].equals("run")) {
      Ahead.start();
    }
    GatewayLauncher.launch(args);
  }

  private static void setIfAbsent(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }
}
