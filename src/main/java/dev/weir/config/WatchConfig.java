package dev.weir.config;

/**
 * A file or directory that is another source of changes of the configuration.
 *
 * @param path a file of JSON, or a directory whose {@code *.json} are put together in the order of
 *     their names; default null: none is watched
 * @param intervalMillis how often it is read, 100 ms to 1 hour; default {@value
 *     #DEFAULT_INTERVAL_MILLIS}
 */
public record WatchConfig(String path, long intervalMillis) {

  /** Two seconds. */
  public static final long DEFAULT_INTERVAL_MILLIS = 2000;

  static WatchConfig read(ObjectReader r) {
    return new WatchConfig(
        r.optional("path", null, Shape.text(HttpRules.NOT_EMPTY)),
        r.optional("intervalMillis", DEFAULT_INTERVAL_MILLIS, Shape.whole(100, 3_600_000)));
  }

  /** Whether there is anything to watch. */
  public boolean enabled() {
    return path != null;
  }
}
