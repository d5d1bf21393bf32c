package dev.weir.cluster;

import dev.weir.config.ClusterConfig;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** Nodes that hear of one another after a millisecond, unless somebody is in the way. */
public final class FakeCluster {

  /** Runs things later. */
  public interface Later {
    void run(long millis, Runnable task);
  }

  private final Later later;
  private final LongSupplier nanos;
  private final BooleanSupplier loss;
  private final Map<String, Node> nodes = new LinkedHashMap<>();
  private final Map<String, Integer> sides = new HashMap<>();

  /**
   * @param loss whether the next message is lost
   */
  public FakeCluster(Later later, LongSupplier nanos, BooleanSupplier loss) {
    this.later = later;
    this.nanos = nanos;
    this.loss = loss;
  }

  /** The place of a new node. */
  public Mesh mesh(String id, ClusterConfig config) {
    Node node = new Node(id);
    nodes.put(id, node);
    return new Mesh(id, config, node);
  }

  /** A node stands still for ever. */
  public void kill(String id) {
    nodes.remove(id).mesh = null;
  }

  /** Splits the cluster: nodes hear of one another only on the same side, 0 for most. */
  public void side(String id, int side) {
    sides.put(id, side);
  }

  /** Ends the split. */
  public void heal() {
    sides.clear();
  }

  private boolean reaches(String from, String to) {
    return nodes.containsKey(from)
        && nodes.containsKey(to)
        && sides.getOrDefault(from, 0).equals(sides.getOrDefault(to, 0));
  }

  private final class Node implements Wire {
    private final String id;
    private Mesh mesh;

    Node(String id) {
      this.id = id;
    }

    @Override
    public Future<Void> open(Mesh opened, long lookMillis) {
      mesh = opened;
      later.run(lookMillis, () -> look(lookMillis));
      return Future.succeededFuture();
    }

    private void look(long lookMillis) {
      if (mesh != null) {
        mesh.look();
        later.run(lookMillis, () -> look(lookMillis));
      }
    }

    @Override
    public Future<Void> close() {
      mesh = null;
      return Future.succeededFuture();
    }

    @Override
    public void run(Runnable task) {
      task.run();
    }

    @Override
    public void publish(JsonObject beat) {
      String text = beat.encode();
      for (Node other : new ArrayList<>(nodes.values())) {
        if (reaches(id, other.id) && !loss.getAsBoolean()) {
          later.run(1, () -> other.deliver(text));
        }
      }
    }

    private void deliver(String text) {
      if (mesh != null) {
        mesh.hear(new JsonObject(text));
      }
    }

    @Override
    public Future<JsonObject> ask(String node) {
      Promise<JsonObject> answer = Promise.promise();
      if (!reaches(id, node) || loss.getAsBoolean()) {
        later.run(500, () -> answer.tryFail("nobody"));
      } else {
        Node other = nodes.get(node);
        later.run(1, () -> other.answer(id, answer));
      }
      return answer.future();
    }

    private void answer(String asker, Promise<JsonObject> answer) {
      String page = mesh == null ? null : mesh.page().encode();
      if (page != null && reaches(id, asker)) {
        later.run(1, () -> answer.tryComplete(new JsonObject(page)));
      } else {
        later.run(500, () -> answer.tryFail("nobody"));
      }
    }

    @Override
    public long version() {
      return 0;
    }

    @Override
    public String member() {
      return id;
    }

    @Override
    public List<String> members() {
      return nodes.keySet().stream().filter(other -> reaches(id, other)).toList();
    }

    @Override
    public void report(String node, String state, int count) {}

    @Override
    public long nanos() {
      return nanos.getAsLong();
    }
  }
}
