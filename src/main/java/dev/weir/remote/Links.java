package dev.weir.remote;

import dev.weir.cluster.Mesh;
import dev.weir.config.ConfigException;
import dev.weir.config.ObjectReader;
import dev.weir.config.Shape;
import dev.weir.exchange.Underway;
import dev.weir.remote.Frame.Type;
import io.vertx.core.internal.logging.Logger;
import io.vertx.core.internal.logging.LoggerFactory;
import io.vertx.core.json.JsonObject;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The links of one door: those that it has opened, and those of other nodes. */
final class Links {

  private static final Logger LOG = LoggerFactory.getLogger(Links.class);
  private static final SecureRandom IDS = new SecureRandom(); // A link must not be guessed.
  private static final Shape<Integer> NUMBER = Shape.integer(0, Integer.MAX_VALUE);

  private final Door door;
  private final Mesh mesh;
  private final Map<Long, Link> all = new HashMap<>();
  private final Map<String, Link> own = new HashMap<>(); // Those that this side has opened.
  private final Peers peers = new Peers(this::busy);

  Links(Door door, Mesh mesh) {
    this.door = door;
    this.mesh = mesh;
  }

  private int busy(String peer) {
    Link link = own.get(peer);
    return link == null ? 0 : link.size();
  }

  /**
   * The link to the node that is to serve an exchange.
   *
   * @param but the nodes that are not to be asked
   * @return {@code null} when there is none
   */
  Link pick(String upstream, Set<String> but) {
    peers.offers(mesh.offers());
    String peer = peers.pick(upstream, but);
    if (peer == null) {
      return null;
    }
    Link link = own.get(peer);
    return link == null ? open(peer) : link;
  }

  private Link open(String peer) {
    List<Integer> doors = peers.offer(peer).doors();
    String address = Door.address(peer, doors.get(door.number() % doors.size()));
    Link link = new Link(door, IDS.nextLong(), peer, address, true);
    own.put(peer, link);
    all.put(link.id, link);
    JsonObject hello = new JsonObject().put("node", door.node().id()).put("door", door.number());
    link.send(Type.HELLO, 0, false, hello, Frame.NOTHING);
    return link;
  }

  /** The link that a frame belongs to, made when the frame opens it; {@code null} for none. */
  Link of(Frame frame) {
    Link link = all.get(frame.link());
    boolean opens = link == null && frame.type() == Type.HELLO && frame.sequence() == 0;
    return opens ? greet(frame) : link;
  }

  private Link greet(Frame frame) {
    try {
      Link link = ObjectReader.parse(frame.required(), reader -> greet(frame.link(), reader));
      all.put(link.id, link);
      return link;
    } catch (ConfigException e) {
      throw new FrameException(e.getMessage());
    }
  }

  private Link greet(long id, ObjectReader hello) {
    String peer = hello.required("node", Shape.text());
    int number = hello.required("door", NUMBER);
    return new Link(door, id, peer, Door.address(peer, number), false);
  }

  /** A link is broken. */
  void lost(Link link, String why) {
    all.remove(link.id);
    own.remove(link.peer, link);
    if (link.size() > 0) {
      LOG.warn("Node " + link.peer + " is lost with " + link.size() + " exchanges: " + why);
    }
  }

  /** Shows what this side serves. */
  void show(Underway underway) {
    all.values().forEach(link -> link.show(underway));
  }

  /** Time has passed. */
  void tick(long now) {
    List<String> members = mesh.members();
    for (Link link : new ArrayList<>(all.values())) {
      link.tick(now, members.contains(link.peer));
    }
  }

  /** Whether no exchange is under way. */
  boolean isIdle() {
    return all.values().stream().allMatch(link -> link.size() == 0);
  }

  /** Breaks every link that is left. */
  void breakAll() {
    new ArrayList<>(all.values()).forEach(link -> link.fail("this node stops", false));
  }
}
