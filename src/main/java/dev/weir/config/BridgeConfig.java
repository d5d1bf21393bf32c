package dev.weir.config;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The event bus for local processes that are no JVM, over TCP.
 *
 * @param enabled whether there is one; default {@value #DEFAULT_ENABLED}
 * @param host the address to bind; default {@value #DEFAULT_HOST}: whoever reaches it may do what
 *     the list says
 * @param port 0 to 65535; 0 takes a free one; default {@value #DEFAULT_PORT}
 * @param inbound what clients may send; default nothing
 * @param outbound which addresses clients may listen at; default none. Each is an address, or the
 *     beginning of some with {@code *} at its end
 * @param maxConnections how many clients there may be, 1 to 10000; default {@value
 *     #DEFAULT_MAX_CONNECTIONS}; others are closed at once
 * @param maxFrameBytes how long a frame of a client may be, 64 bytes to 16 MiB; default {@value
 *     #DEFAULT_MAX_FRAME_BYTES}; one with a longer one is closed
 * @param maxPendingBytes how much may wait for a client to read it, 1 KiB to 1 GiB; default {@value
 *     #DEFAULT_MAX_PENDING_BYTES}; one with more is closed
 * @param idleTimeoutMillis how long a client may send no frame; default {@value
 *     #DEFAULT_IDLE_TIMEOUT_MILLIS}; pings count
 */
public record BridgeConfig(
    boolean enabled,
    String host,
    int port,
    List<PermitConfig> inbound,
    List<String> outbound,
    int maxConnections,
    int maxFrameBytes,
    int maxPendingBytes,
    long idleTimeoutMillis) {

  /** There is none. */
  public static final boolean DEFAULT_ENABLED = false;

  /** Only this machine. */
  public static final String DEFAULT_HOST = "127.0.0.1";

  /** The one that examples of Vert.x' bridge use. */
  public static final int DEFAULT_PORT = 7000;

  /** Tools and services of one machine. */
  public static final int DEFAULT_MAX_CONNECTIONS = 64;

  /** 64 KiB. */
  public static final int DEFAULT_MAX_FRAME_BYTES = 65_536;

  /** 1 MiB. */
  public static final int DEFAULT_MAX_PENDING_BYTES = 1_048_576;

  /** One minute. */
  public static final long DEFAULT_IDLE_TIMEOUT_MILLIS = 60_000;

  /** Keeps its own unmodifiable copies. */
  public BridgeConfig {
    inbound = List.copyOf(inbound);
    outbound = List.copyOf(outbound);
  }

  /**
   * @param sockets the host:port of other listeners; takes this one in
   */
  static BridgeConfig read(ObjectReader r, Set<String> sockets) {
    BridgeConfig read =
        new BridgeConfig(
            r.optional("enabled", DEFAULT_ENABLED, Shape.bool()),
            r.optional("host", DEFAULT_HOST, Common.HOST),
            r.optional("port", DEFAULT_PORT, Common.LISTEN_PORT),
            r.optional("inbound", List.of(), Shapes.list(Shapes.object(PermitConfig::read))),
            r.optional("outbound", List.of(), Shapes.list(Shape.text(BusRules.OUTBOUND))),
            r.optional("maxConnections", DEFAULT_MAX_CONNECTIONS, Shape.integer(1, 10_000)),
            r.optional("maxFrameBytes", DEFAULT_MAX_FRAME_BYTES, Shape.integer(64, 1 << 24)),
            r.optional("maxPendingBytes", DEFAULT_MAX_PENDING_BYTES, Shape.integer(1024, 1 << 30)),
            r.optional("idleTimeoutMillis", DEFAULT_IDLE_TIMEOUT_MILLIS, Common.MILLIS));
    if (read.enabled) {
      Common.checkSocket(r, read.host, read.port, sockets);
    }
    if (!unique(read.inbound)) {
      r.problem("inbound", "one entry for each address");
    }
    return read;
  }

  private static boolean unique(List<PermitConfig> permits) {
    Set<String> seen = new HashSet<>();
    return permits.stream().map(PermitConfig::address).allMatch(seen::add);
  }
}
