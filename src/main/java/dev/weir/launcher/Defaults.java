package dev.weir.launcher;

import java.io.File;

/** System properties of a gateway, for what nobody has set; to be set before Vert.x is loaded. */
public final class Defaults {

  // No class of Vert.x here, nor in CommandLine and Ahead: the main class needs them at once.

  private static final String CLUSTER = "conf/cluster.xml";

  private Defaults() {}

  /** Sets them. */
  public static void set() {
    // For each task Vert.x would read the clock, to tell who blocks, and set a class loader.
    setIfAbsent("vertx.disableContextTimings", "true");
    setIfAbsent("vertx.disableTCCL", "true");
    // Netty's own default, which adapts, costs a request more: gateways ask for few sizes.
    setIfAbsent("io.netty.allocator.type", "pooled");
    // Hazelcast's own default would look for members by multicast on every interface.
    boolean given = new File(CLUSTER).exists();
    setIfAbsent("vertx.hazelcast.config", given ? CLUSTER : "classpath:" + CLUSTER);
  }

  private static void setIfAbsent(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }
}
