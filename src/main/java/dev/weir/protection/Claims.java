package dev.weir.protection;

import io.vertx.core.Future;

/** Decides who of the cluster tries whether a breaker may close. Any thread may use it. */
interface Claims {

  /** Whether there are others who could claim as well, and hear of verdicts. */
  boolean needed();

  /**
   * Claims a trial.
   *
   * @param key names the breaker in the whole cluster
   * @param millis how long the claim lives, at least, from when it is answered, if that is not late
   * @return whether it is this node's
   */
  Future<Boolean> take(String key, long millis);

  /** Lets others claim a trial that has ended, when they must have heard how. */
  void release(String key);
}
