package dev.weir.control;

import dev.weir.cluster.Mesh;
import dev.weir.cluster.Peer;
import dev.weir.config.ObjectReader;
import dev.weir.node.Node;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * Lists the nodes of the cluster that live, this one first: each with the version of its
 * configuration when it said something last, {@code silentMillis} ago.
 */
final class NodeList implements Question {

  private final Node node;
  private final Mesh mesh;

  NodeList(Vertx vertx, Node node) {
    this.node = node;
    mesh = Mesh.of(vertx, node);
  }

  @Override
  public String op() {
    return "node.list";
  }

  @Override
  public Action read(ObjectReader fields) {
    return caller -> list();
  }

  private Future<JsonObject> list() {
    return mesh.peers().map(this::answer);
  }

  private JsonObject answer(List<Peer> peers) {
    long version = node.snapshot().version();
    JsonArray nodes = new JsonArray().add(line(node.id(), version, 0));
    peers.forEach(peer -> nodes.add(line(peer.id(), peer.version(), peer.silentMillis())));
    return new JsonObject().put("version", version).put("node", node.id()).put("nodes", nodes);
  }

  private static JsonObject line(String id, long version, long silentMillis) {
    return new JsonObject()
        .put("node", id)
        .put("version", version)
        .put("silentMillis", silentMillis);
  }
}
