package dev.weir.replica;

import io.vertx.core.Future;
import java.util.List;

/** Where the nodes keep what they share. Every answer may fail; none takes forever. */
interface Store {

  /** Takes part, and reads everything. */
  Future<Contents> open();

  /** Reads everything. */
  Future<Contents> read();

  /** The state that all are to come to; null when it is lost. */
  Future<Head> head();

  /** One change; null when it is not there any longer. */
  Future<Entry> entry(String id);

  /** Begins with a configuration. Returns whether nobody else had begun. */
  Future<Boolean> found(Base base);

  /** Adds a change. Returns whether {@code from} was still the state of all, and so it counts. */
  Future<Boolean> advance(Head from, Entry entry);

  /** Puts a whole configuration in the place of the last one. */
  Future<Void> base(Base base);

  /** Removes what nobody will ask for. */
  void trim(List<Entry> old);

  /**
   * Puts back what was lost.
   *
   * @return whether the state of all was lost, and is the one of {@code base} again
   */
  Future<Boolean> restore(Base base, List<Entry> history);

  /** Takes part no longer; the last one leaves nothing behind. */
  Future<Void> close();

  /** How many members the cluster has, this one among them. */
  int members();
}
