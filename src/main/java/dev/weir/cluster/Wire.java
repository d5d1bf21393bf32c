package dev.weir.cluster;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** What a {@link Mesh} is connected by to those of the other nodes. */
interface Wire {

  /**
   * Begins, on the event loop of the caller: what others publish is given to {@link Mesh#hear},
   * their questions are answered with {@link Mesh#page}, and {@link Mesh#look} is called.
   *
   * @param lookMillis how often it is called, at least 1
   */
  Future<Void> open(Mesh mesh, long lookMillis);

  /** Ends. */
  Future<Void> close();

  /** Runs something on the event loop: at once when it is the caller's. */
  void run(Runnable task);

  /** Gives something to all nodes, or to some of them only when that fails. */
  void publish(JsonObject beat);

  /** Asks a node for its page; fails when there is no answer. */
  Future<JsonObject> ask(String node);

  /** The version of this node's configuration. */
  long version();

  /** The member of the cluster that this node stands on. */
  String member();

  /** All members of the cluster that are known to live. */
  List<String> members();

  /**
   * Tells people what became of another node.
   *
   * @param count how many nodes live from now on
   */
  void report(String node, String state, int count);

  /** The time in nanoseconds. */
  long nanos();
}
