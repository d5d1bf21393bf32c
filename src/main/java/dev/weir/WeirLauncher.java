package dev.weir;

import dev.weir.launcher.Ahead;
import dev.weir.launcher.CommandLine;
import dev.weir.launcher.Defaults;
import dev.weir.launcher.GatewayLauncher;

/**
 * The main class of {@code weir.jar}: starts the Vert.x launcher with all its commands and options,
 * and with the defaults of a gateway. It knows no class of Vert.x, so that main is reached before
 * the JVM has loaded any.
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

  private WeirLauncher() {}

  public static void main(String[] args) {
    Defaults.set();
    if (CommandLine.runsGateway(args)) {
      Ahead.start();
    }
    GatewayLauncher.launch(args);
  }
}
