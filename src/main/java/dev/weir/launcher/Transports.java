package dev.weir.launcher;

import io.vertx.core.impl.transports.TransportLoader;
import io.vertx.core.transport.Transport;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What carries the bytes between sockets and event loops: io_uring, epoll, kqueue or NIO.
 *
 * <p>io_uring takes reads and writes of all connections to the kernel in one call for each turn of
 * an event loop, where epoll and NIO call it for each of them. It is the default from Linux 6.1 on,
 * which lets an event loop do the kernel's part of the work itself; systems and containers that
 * forbid it get epoll.
 */
public final class Transports {

  /** The system property that names one instead: {@code io_uring}, {@code epoll}, {@code nio}. */
  public static final String PROPERTY = "weir.transport";

  private static final String IO_URING = "io_uring";
  private static final Pattern VERSION = Pattern.compile("(\\d{1,4})\\.(\\d{1,4})");
  private static final int RECENT_MAJOR = 6;
  private static final int RECENT_MINOR = 1;

  static {
    // With a poll that stays, Netty forgets what arrived while nobody read: on a connection that
    // was paused when its peer reset it, the reset is never heard of. A poll for each read hears
    // it.
    setIfAbsent("io.netty.iouring.pollAddMultishotEnabled", "false");
    // What all connections of a busy event loop want in one turn is to fit, for one system call.
    setIfAbsent("io.netty.iouring.ringSize", "1024");
  }

  private Transports() {}

  /** Loads what {@link #chosen} needs by default; worth a thread beside the start. */
  public static void load() {
    if (System.getProperty(PROPERTY) == null) {
      chosen();
    }
  }

  /**
   * The transport that the system property {@value #PROPERTY} names, by default the fastest that is
   * available.
   *
   * @throws IllegalArgumentException for a name that is none
   * @throws IllegalStateException for a transport that is not available here, with the reason
   */
  public static Transport chosen() {
    String name = System.getProperty(PROPERTY);
    return name == null ? fastest(System.getProperty("os.version", "")) : named(name);
  }

  private static void setIfAbsent(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }

  /**
   * @param kernel the kernel's version as {@code os.version} has it
   */
  static Transport fastest(String kernel) {
    return all()
        .filter(Transport::available)
        .filter(transport -> !transport.name().equals(IO_URING) || isRecent(kernel))
        .findFirst()
        .orElse(Transport.NIO);
  }

  static Transport named(String name) {
    Transport transport =
        all()
            .filter(each -> each.name().equals(name))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException(unknown(name)));
    if (!transport.available()) {
      throw new IllegalStateException(
          "-D%s=%s: not available here".formatted(PROPERTY, name), transport.unavailabilityCause());
    }
    return transport;
  }

  private static String unknown(String name) {
    return all()
        .map(Transport::name)
        .collect(
            Collectors.joining(", ", "-D%s=%s: expected one of ".formatted(PROPERTY, name), ""));
  }

  /**
   * From the fastest on, each loaded when the stream comes to it: the constants of {@link
   * Transport} load them all. Null is what there are no classes for.
   */
  private static Stream<Transport> all() {
    return Stream.<Supplier<Transport>>of(
            TransportLoader::io_uring,
            TransportLoader::epoll,
            TransportLoader::kqueue,
            () -> Transport.NIO)
        .map(Supplier::get)
        .filter(Objects::nonNull);
  }

  private static boolean isRecent(String kernel) {
    Matcher version = VERSION.matcher(kernel);
    if (!version.lookingAt()) {
      return false;
    }
    int major = Integer.parseInt(version.group(1));
    return major > RECENT_MAJOR
        || major == RECENT_MAJOR && Integer.parseInt(version.group(2)) >= RECENT_MINOR;
  }
}
