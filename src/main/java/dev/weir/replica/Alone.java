package dev.weir.replica;

import io.vertx.core.Future;
import java.util.List;

/** What a node that shares with nobody keeps: nothing. */
final class Alone implements Store {

  @Override
  public Future<Contents> open() {
    return Future.succeededFuture(Contents.NONE);
  }

  @Override
  public Future<Contents> read() {
    return Future.succeededFuture(Contents.NONE);
  }

  @Override
  public Future<Head> head() {
    return Future.succeededFuture();
  }

  @Override
  public Future<Entry> entry(String id) {
    return Future.succeededFuture();
  }

  @Override
  public Future<Boolean> found(Base base) {
    return Future.succeededFuture(true);
  }

  @Override
  public Future<Boolean> advance(Head from, Entry entry) {
    return Future.succeededFuture(true);
  }

  @Override
  public Future<Void> base(Base base) {
    return Future.succeededFuture();
  }

  @Override
  public void trim(List<Entry> old) {
    // There is nothing.
  }

  @Override
  public Future<Boolean> restore(Base base, List<Entry> history) {
    return Future.succeededFuture(true);
  }

  @Override
  public Future<Void> close() {
    return Future.succeededFuture();
  }

  @Override
  public int members() {
    return 1;
  }
}
