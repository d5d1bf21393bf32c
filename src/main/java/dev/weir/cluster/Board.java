package dev.weir.cluster;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** What every node says, this one among them. */
final class Board {

  private final String self;
  private final Supplier<List<String>> members;
  private final Map<String, Page> pages = new HashMap<>();
  private Map<String, String> fingerprints = Map.of();

  /**
   * @param self the node that asks
   * @param members the nodes that live; what others have said does not count
   */
  Board(String self, Supplier<List<String>> members) {
    this.self = self;
    this.members = members;
    pages.put(self, Page.EMPTY);
  }

  /** What this node says. */
  Page own() {
    return pages.get(self);
  }

  /** Which upstreams this node shares. Returns whether that is a change. */
  boolean share(Map<String, String> next) {
    boolean changed = !fingerprints.equals(next);
    if (changed) {
      fingerprints = Map.copyOf(next);
      pages.put(self, own().with(fingerprints));
    }
    return changed;
  }

  /** What this node does for others. Returns whether that is a change. */
  boolean offer(Offer offer) {
    boolean changed = !own().offer().equals(offer);
    if (changed) {
      pages.put(self, own().with(offer));
    }
    return changed;
  }

  /** What the other nodes do for this one, by their ids; those that do nothing are left out. */
  Map<String, Offer> offers() {
    Map<String, Offer> offers = new HashMap<>();
    for (String node : members.get()) {
      Page page = pages.get(node);
      if (page != null && !node.equals(self) && !page.offer().upstreams().isEmpty()) {
        offers.put(node, page.offer());
      }
    }
    return Map.copyOf(offers);
  }

  /** This node says a word or takes it back. Returns whether that is a change. */
  boolean say(Change change) {
    boolean news = fingerprints.containsKey(change.word().upstream()) && !own().knows(change);
    if (news) {
      pages.put(self, own().with(change));
    }
    return news;
  }

  /**
   * Another node has changed its page.
   *
   * @param revision of the page from then on
   * @param change what it changed; {@code null} when nobody said
   * @return whether the page is as it should be; if not, ask for it
   */
  boolean heard(String node, long revision, Change change) {
    Page known = pages.get(node);
    if (known == null || revision > known.revision() + 1) {
      return false;
    }
    if (revision == known.revision() + 1) {
      if (change == null) {
        return false;
      }
      pages.put(node, known.with(change));
    }
    return true; // An older one has been overtaken by the page itself.
  }

  /** Takes the whole page of another node. */
  void take(String node, Page page) {
    pages.put(node, page);
  }

  /** A node is gone, and its words with it. */
  void forget(String node) {
    pages.remove(node);
  }

  /** The nodes that share the health of an upstream, this one among them, in the order of all. */
  List<String> group(String upstream) {
    String fingerprint = fingerprints.get(upstream);
    List<String> group = new ArrayList<>();
    for (String node : members.get()) {
      Page page = pages.get(node);
      boolean shares = page != null && fingerprint != null && page.groups().contains(fingerprint);
      if (shares || node.equals(self)) {
        group.add(node);
      }
    }
    return group;
  }

  /** What the nodes of a group say of an endpoint. */
  Opinion opinion(List<String> group, String upstream, String endpoint) {
    String probe = Word.key(Word.PROBE, upstream, endpoint);
    String traffic = Word.key(Word.TRAFFIC, upstream, endpoint);
    String degraded = Word.key(Word.DEGRADED, upstream, endpoint);
    Opinion opinion = new Opinion(group.size());
    for (String node : group) {
      Page page = pages.get(node);
      if (page != null && !page.words().isEmpty()) {
        opinion.add(node.equals(self), page.words().get(probe), page.words().get(traffic));
        if (page.words().containsKey(degraded)) {
          opinion.degrade();
        }
      }
    }
    return opinion;
  }
}
