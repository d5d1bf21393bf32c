package dev.weir.cluster;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Which nodes of Weir live. One lives from its first heartbeat until it says that it leaves, until
 * it has said nothing for too long, or until the cluster has lost the member that it stands on.
 *
 * <p>A node is not the same as a member of the Vert.x cluster: not every one of these has a
 * gateway, and one may have several, one after the other.
 */
final class Members {

  private static final class Seen {
    private final String member;
    private long nanos;
    private long version;
    private boolean listed;

    Seen(String member) {
      this.member = member;
    }
  }

  private final String self;
  private final long timeoutNanos;
  private final Map<String, Seen> others = new HashMap<>();
  private List<String> ids;

  /**
   * @param self the node that asks; it always lives
   */
  Members(String self, long timeoutNanos) {
    this.self = self;
    this.timeoutNanos = timeoutNanos;
    ids = List.of(self);
  }

  /** The ids of all that live, this node's among them, in the same order on every node. */
  List<String> ids() {
    return ids;
  }

  /**
   * A node has given a sign of life.
   *
   * @param member the member of the cluster that it stands on
   * @return whether it was not known
   */
  boolean heard(String id, String member, long now) {
    if (id.equals(self)) {
      return false;
    }
    boolean isNew = !others.containsKey(id);
    others.computeIfAbsent(id, missing -> new Seen(member)).nanos = now;
    changed(isNew);
    return isNew;
  }

  /** A node that lives has said which version its configuration has. */
  void version(String id, long version) {
    others.get(id).version = version;
  }

  /** The others that live, in the order of their ids. */
  List<Peer> peers(long now) {
    List<Peer> peers = new ArrayList<>();
    for (String id : ids) {
      Seen seen = others.get(id);
      if (seen != null) {
        long silent = TimeUnit.NANOSECONDS.toMillis(now - seen.nanos);
        peers.add(new Peer(id, seen.version, silent));
      }
    }
    return peers;
  }

  /** A node says that it leaves. Returns whether it was known. */
  boolean left(String id) {
    return !remove(id::equals).isEmpty();
  }

  /** Forgets the nodes that have said nothing for too long, and returns them. */
  List<String> expire(long now) {
    return remove(id -> now - others.get(id).nanos >= timeoutNanos);
  }

  /**
   * Forgets the nodes that the cluster has lost, and returns them. One whose member was not listed
   * yet stays: a heartbeat may come before the list.
   *
   * @param listed the members of the cluster
   */
  List<String> retain(Collection<String> listed) {
    for (Seen seen : others.values()) {
      seen.listed |= listed.contains(seen.member);
    }
    return remove(id -> others.get(id).listed && !listed.contains(others.get(id).member));
  }

  private List<String> remove(Predicate<String> gone) {
    List<String> removed = others.keySet().stream().filter(gone).sorted().toList();
    removed.forEach(others::remove);
    changed(!removed.isEmpty());
    return removed;
  }

  private void changed(boolean changed) {
    if (changed) {
      List<String> next = new ArrayList<>(others.keySet());
      next.add(self);
      ids = next.stream().sorted().toList();
    }
  }
}
