package dev.weir.replica;

import dev.weir.config.WeirConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The state of one replica and the changes that led to it. */
final class Chain {

  /** How many changes are remembered. */
  static final int HISTORY = 100;

  private final WeirConfig own;
  private volatile List<Entry> history = List.of();
  private Head head = new Head(1, UUID.randomUUID().toString());
  private WeirConfig config;
  private long highest = 1;

  /**
   * @param own what the node was started with
   */
  Chain(WeirConfig own) {
    this.own = own;
    config = own;
  }

  Head head() {
    return head;
  }

  WeirConfig config() {
    return config;
  }

  /** What the node was started with. */
  WeirConfig own() {
    return own;
  }

  /** The last changes, the oldest first. Any thread may ask. */
  List<Entry> history() {
    return history;
  }

  Base base() {
    return new Base(head, config);
  }

  /** The version of a change that comes now: beyond any that this node has ever had. */
  long nextVersion() {
    return Math.max(highest, head.version()) + 1;
  }

  /** Whether the node has had a greater version than the one that it has. */
  boolean isBehindItself() {
    return highest > head.version();
  }

  /** Whether a state is this one or one that has led to it, as far back as it remembers. */
  boolean knows(String id) {
    return id.equals(head.id()) || history.stream().anyMatch(each -> each.parent().id().equals(id));
  }

  /** Whether the {@link Head#text} of a state is that of this one. */
  boolean isAt(String head) {
    return head.equals(this.head.text());
  }

  boolean isFollowedBy(Entry entry) {
    return entry.parent().equals(head);
  }

  /**
   * Makes a change.
   *
   * @param after what it makes of the configuration
   * @return the change that is remembered no longer, or null
   */
  Entry follow(Entry entry, WeirConfig after) {
    become(entry.head(), after);
    List<Entry> next = new ArrayList<>(history);
    next.add(entry);
    Entry dropped = next.size() > HISTORY ? next.remove(0) : null;
    history = List.copyOf(next);
    return dropped;
  }

  /** Takes over the state of all. */
  void adopt(Contents contents) {
    WeirConfig next = own.withShared(contents.base().config());
    for (Entry entry : contents.chain(contents.base().head().id())) {
      next = entry.delta().apply(next);
    }
    become(contents.head(), next);
    List<Entry> all = contents.chain(null);
    history = List.copyOf(all.subList(Math.max(0, all.size() - HISTORY), all.size()));
  }

  private void become(Head head, WeirConfig config) {
    this.head = head;
    this.config = config;
    highest = Math.max(highest, head.version());
  }
}
