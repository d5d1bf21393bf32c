package dev.weir.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Who may operate the gateway by messages. Read when the node starts, and never shared.
 *
 * <p>With a secret or a key for commands, every command has to be signed, wherever it comes from.
 * Without, the node itself may do everything and other members of the cluster may only ask.
 *
 * @param secret the secret of the key {@value #MAIN}, at least 32 characters; default none
 * @param keys further keys; default none
 * @param windowMillis how far the time stamp of a command may be from the clock of the node, 1
 *     second to 1 hour; default {@value #DEFAULT_WINDOW_MILLIS}
 * @param journal the file that a line is appended to for every change; default null, none
 */
public record ControlConfig(
    String secret, List<KeyConfig> keys, long windowMillis, String journal) {

  /** The id of the key whose secret is {@code secret}. */
  public static final String MAIN = "main";

  /** One minute. */
  public static final long DEFAULT_WINDOW_MILLIS = 60_000;

  /** Keeps its own unmodifiable copy. */
  public ControlConfig {
    keys = List.copyOf(keys);
  }

  /** Does not tell the secret. */
  @Override
  public String toString() {
    return "ControlConfig[keys=" + all() + ", journal=" + journal + "]";
  }

  static ControlConfig read(ObjectReader r) {
    String secret = r.optional("secret", null, KeyConfig.SECRET);
    Set<String> ids = new HashSet<>();
    if (secret != null) {
      ids.add(MAIN);
    }
    return new ControlConfig(
        secret,
        r.optional(
            "keys", List.of(), Shapes.list(Shapes.object(each -> KeyConfig.read(each, ids)))),
        r.optional("windowMillis", DEFAULT_WINDOW_MILLIS, Shape.whole(1000, 3_600_000)),
        r.optional("journal", null, Shape.text(HttpRules.NOT_EMPTY)));
  }

  /** The keys for commands; none where commands need not be signed. */
  public List<KeyConfig> commands() {
    return all().stream().filter(key -> !key.announceOnly()).toList();
  }

  /** Every key; any of them is good for announcements. */
  public List<KeyConfig> all() {
    List<KeyConfig> all = new ArrayList<>(keys);
    if (secret != null) {
      all.add(0, new KeyConfig(MAIN, secret, false));
    }
    return all;
  }
}
