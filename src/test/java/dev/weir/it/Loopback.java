package dev.weir.it;

import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.NetworkConfig;
import dev.weir.launcher.Transports;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * A cluster on the loopback interface, with a name and ports that no other one on this machine has.
 */
final class Loopback {
  /** Members find one another in steps of a second, and on a busy machine not at the first. */
  private static final Duration START = Duration.ofSeconds(40);

  private final String name = UUID.randomUUID().toString();
  private final List<Integer> ports = new ArrayList<>();

  /**
   * @param size how many members it can have
   */
  Loopback(int size) {
    try {
      for (int i = 0; i < size; i++) {
        ports.add(Ports.unused());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts a member in this JVM; members have two event loops each. */
  Vertx start(int member) {
    VertxOptions options = new VertxOptions().setEventLoopPoolSize(2);
    options.getEventBusOptions().setHost("127.0.0.1");
    return Await.result(
        Vertx.builder()
            .with(options)
            .withTransport(Transports.chosen())
            .withClusterManager(new HazelcastClusterManager(config(member)))
            .buildClustered(),
        START);
  }

  private Config config(int member) {
    Config config = new Config().setClusterName(name);
    config.setProperty("hazelcast.phone.home.enabled", "false");
    config.setProperty("hazelcast.socket.bind.any", "false");
    config.setProperty("hazelcast.logging.type", "none");
    NetworkConfig network = config.getNetworkConfig();
    network.setPort(ports.get(member)).setPortAutoIncrement(false).setReuseAddress(true);
    network.getInterfaces().setEnabled(true).addInterface("127.0.0.1");
    JoinConfig join = network.getJoin();
    join.getAutoDetectionConfig().setEnabled(false);
    join.getMulticastConfig().setEnabled(false);
    join.getTcpIpConfig().setEnabled(true);
    ports.forEach(port -> join.getTcpIpConfig().addMember("127.0.0.1:" + port));
    return config;
  }

  /** The same configuration as a file for the member of another process. */
  String xml(int member) {
    StringBuilder members = new StringBuilder();
    ports.forEach(port -> members.append("<member>127.0.0.1:").append(port).append("</member>"));
    return """
        <hazelcast xmlns="http://www.hazelcast.com/schema/config">
          <cluster-name>%s</cluster-name>
          <properties>
            <property name="hazelcast.phone.home.enabled">false</property>
            <property name="hazelcast.socket.bind.any">false</property>
            <property name="hazelcast.logging.type">none</property>
          </properties>
          <network>
            <port auto-increment="false">%d</port>
            <reuse-address>true</reuse-address>
            <join>
              <auto-detection enabled="false"/>
              <multicast enabled="false"/>
              <tcp-ip enabled="true">%s</tcp-ip>
            </join>
            <interfaces enabled="true"><interface>127.0.0.1</interface></interfaces>
          </network>
        </hazelcast>
        """
        .formatted(name, ports.get(member), members);
  }
}
