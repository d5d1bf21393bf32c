package dev.weir.replica;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Instant;

/** The event loop, the clock and the bus of a replica. */
interface Surroundings {

  /** Runs a task on the event loop of the replica; at once where that is the caller's. */
  void run(Runnable task);

  /** Runs a task there later. */
  void after(long millis, Runnable task);

  /** Lets {@link Replica#heard} hear what others publish, and {@link Replica#look} look. */
  Future<Void> open(Replica replica);

  /** Undoes {@link #open}. */
  Future<Void> close();

  /** Tells the other replicas that there is a change. */
  void publish(JsonObject news);

  Instant now();
}
