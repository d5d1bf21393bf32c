package dev.weir.config;

import java.util.Set;

/**
 * A key that commands and announcements may be signed with.
 *
 * @param id its name, which stands in the command; no other key has it; required
 * @param secret what both sides know, at least 32 characters; required
 * @param announceOnly whether it is for announcements alone; default false
 */
public record KeyConfig(String id, String secret, boolean announceOnly) {

  /** What every secret that signs commands looks like. */
  static final Shape<String> SECRET =
      Shape.text(Rule.matching("a text of at least 32 characters", "[^\\u0000]{32,}"));

  /** Does not tell the secret. */
  @Override
  public String toString() {
    return "KeyConfig[id=" + id + "]";
  }

  /**
   * @param ids the ids of other keys; takes this one in
   */
  static KeyConfig read(ObjectReader r, Set<String> ids) {
    KeyConfig read =
        new KeyConfig(
            r.required("id", Common.NAME),
            r.required("secret", SECRET),
            r.optional("announceOnly", false, Shape.bool()));
    if (read.id != null && !ids.add(read.id)) {
      r.problem("id", "an id that no other key has");
    }
    return read;
  }
}
