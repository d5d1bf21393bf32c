package dev.weir.remote;

import dev.weir.bus.Lanes;
import dev.weir.bus.Role;
import dev.weir.cluster.Mesh;
import dev.weir.cluster.Offer;
import dev.weir.node.Node;
import dev.weir.node.Snapshot;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What the event loops of a node offer together to other nodes. Any thread may use it. */
final class Doors {

  private final Node node;
  private final Mesh mesh;
  private final Set<Integer> open = new TreeSet<>(); // Guarded by this
  private Offer offer = Offer.NONE; // Guarded by this
  private int next; // Guarded by this
  private Snapshot snapshot; // Guarded by this
  private Set<String> upstreams = Set.of(); // Guarded by this

  Doors(Node node, Mesh mesh) {
    this.node = node;
    this.mesh = mesh;
  }

  /** A number that no other door of the node has. */
  synchronized int number() {
    return next++;
  }

  /** From now on a door takes exchanges. */
  synchronized void open(int door) {
    open.add(door);
    refresh();
  }

  /** From now on it takes none that the others don't know of yet. */
  synchronized void close(int door) {
    open.remove(door);
    refresh();
  }

  /** Tells the other nodes what this one does for them, if that has changed. */
  synchronized void refresh() {
    Offer current = current();
    if (!current.equals(offer)) {
      offer = current;
      mesh.offer(current);
    }
  }

  private Offer current() {
    Lanes lanes = node.lanes();
    boolean serves = lanes.count(Role.BALANCER) > 0 && lanes.count(Role.UPSTREAM) > 0;
    if (node.snapshot() != snapshot) {
      snapshot = node.snapshot();
      upstreams = remote(snapshot);
    }
    return serves && !node.draining() ? new Offer(upstreams, List.copyOf(open)) : Offer.NONE;
  }

  /** The upstreams that other nodes may serve, or be served by this one. */
  static Set<String> remote(Snapshot snapshot) {
    return snapshot.upstreams().values().stream()
        .filter(upstream -> upstream.config().remote())
        .map(upstream -> upstream.name())
        .collect(Collectors.toSet());
  }
}
