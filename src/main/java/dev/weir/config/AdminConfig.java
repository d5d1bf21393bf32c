package dev.weir.config;

import java.util.Set;

/**
 * The listener for operators: metrics, health, statistics.
 *
 * @param enabled whether there is one; default {@value #DEFAULT_ENABLED}
 * @param host the address to bind; default {@value #DEFAULT_HOST}, so that only this machine sees
 *     it
 * @param port 0 to 65535; 0 takes a free one; default {@value #DEFAULT_PORT}
 * @param control whether processes on this machine may send commands there; default {@value
 *     #DEFAULT_CONTROL}
 */
public record AdminConfig(boolean enabled, String host, int port, boolean control) {

  /** There is one. */
  public static final boolean DEFAULT_ENABLED = true;

  /** Only this machine. */
  public static final String DEFAULT_HOST = "127.0.0.1";

  /** Beside the 8080 of the default configuration. */
  public static final int DEFAULT_PORT = 8081;

  /** They may. */
  public static final boolean DEFAULT_CONTROL = true;

  /**
   * @param sockets the host:port of other listeners; takes this one in
   */
  static AdminConfig read(ObjectReader r, Set<String> sockets) {
    AdminConfig read =
        new AdminConfig(
            r.optional("enabled", DEFAULT_ENABLED, Shape.bool()),
            r.optional("host", DEFAULT_HOST, Common.HOST),
            r.optional("port", DEFAULT_PORT, Common.LISTEN_PORT),
            r.optional("control", DEFAULT_CONTROL, Shape.bool()));
    if (read.enabled) {
      Common.checkSocket(r, read.host, read.port, sockets);
    }
    return read;
  }
}
