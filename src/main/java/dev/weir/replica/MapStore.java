package dev.weir.replica;

import dev.weir.config.Delta;
import dev.weir.config.WeirConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.json.JsonObject;
import io.vertx.core.shareddata.AsyncMap;
import io.vertx.core.spi.cluster.ClusterManager;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * A map of the cluster: {@code head}, {@code base}, and an {@code entry:} for each change and a
 * {@code node:} for each node by id. All values are texts, so that any cluster manager can compare
 * them.
 */
final class MapStore implements Store {

  private static final String MAP = "weir.configuration";
  private static final String HEAD = "head";
  private static final String BASE = "base";
  private static final String ENTRY = "entry:";
  private static final String NODE = "node:";

  private final Vertx vertx;
  private final ClusterManager manager;
  private final String node;
  private final long patienceMillis;
  private Future<AsyncMap<String, String>> map;

  /**
   * @param patienceMillis how long an answer may take
   */
  MapStore(Vertx vertx, String node, long patienceMillis) {
    this.vertx = vertx;
    this.node = node;
    this.patienceMillis = patienceMillis;
    manager = ((VertxInternal) vertx).clusterManager();
  }

  private <T> Future<T> ask(Function<AsyncMap<String, String>, Future<T>> question) {
    return map.compose(question).timeout(patienceMillis, TimeUnit.MILLISECONDS);
  }

  @Override
  public Future<Contents> open() {
    map = vertx.sharedData().getClusterWideMap(MAP);
    return ask(m -> m.put(NODE + node, manager.getNodeId())).compose(there -> read());
  }

  @Override
  public Future<Contents> read() {
    return ask(AsyncMap::entries)
        .compose(all -> vertx.executeBlocking(() -> parse(all)))
        .compose(this::complete);
  }

  /** Whoever began was lost between his two steps. */
  private Future<Contents> complete(Contents contents) {
    if (contents.base() == null || contents.head() != null) {
      return Future.succeededFuture(contents);
    }
    String text = contents.base().head().text();
    return ask(m -> m.putIfAbsent(HEAD, text)).compose(there -> read());
  }

  private static Contents parse(Map<String, String> all) {
    Map<String, Entry> entries = new HashMap<>();
    all.forEach(
        (key, value) -> {
          if (key.startsWith(ENTRY)) {
            entries.put(key.substring(ENTRY.length()), entryOf(value));
          }
        });
    return new Contents(baseOf(all.get(BASE)), Head.of(all.get(HEAD)), entries);
  }

  private static Entry entryOf(String text) {
    return text == null ? null : Entry.of(new JsonObject(text));
  }

  private static Base baseOf(String text) {
    if (text == null) {
      return null;
    }
    JsonObject json = new JsonObject(text);
    // What stands there was written from a configuration, so no variable is left in it.
    WeirConfig config = WeirConfig.of(json.getJsonObject("config"), name -> null);
    return new Base(Head.of(json.getString(HEAD)), config);
  }

  private static String text(Base base) {
    JsonObject config = base.config().toJson();
    Delta.LOCAL.forEach(config::remove);
    return new JsonObject().put(HEAD, base.head().text()).put("config", config).encode();
  }

  @Override
  public Future<Head> head() {
    return ask(m -> m.get(HEAD)).map(Head::of);
  }

  @Override
  public Future<Entry> entry(String id) {
    return ask(m -> m.get(ENTRY + id)).map(MapStore::entryOf);
  }

  @Override
  public Future<Boolean> found(Base base) {
    return vertx
        .executeBlocking(() -> text(base))
        .compose(text -> ask(m -> m.putIfAbsent(BASE, text)))
        .compose(
            there ->
                there == null
                    ? ask(m -> m.putIfAbsent(HEAD, base.head().text())).map(none -> true)
                    : Future.succeededFuture(false));
  }

  @Override
  public Future<Boolean> advance(Head from, Entry entry) {
    String key = ENTRY + entry.head().id();
    return ask(m -> m.put(key, entry.toJson().encode()))
        .compose(put -> ask(m -> m.replaceIfPresent(HEAD, from.text(), entry.head().text())))
        .onSuccess(
            won -> {
              if (!won) {
                remove(key);
              }
            });
  }

  private void remove(String key) {
    map.result().remove(key); // If it stays, it takes some room until the last node leaves.
  }

  @Override
  public Future<Void> base(Base base) {
    return vertx.executeBlocking(() -> text(base)).compose(text -> ask(m -> m.put(BASE, text)));
  }

  @Override
  public void trim(List<Entry> old) {
    old.forEach(entry -> remove(ENTRY + entry.head().id()));
  }

  @Override
  public Future<Boolean> restore(Base base, List<Entry> history) {
    Future<Void> put = base(base);
    for (Entry entry : history) {
      String text = entry.toJson().encode();
      put = put.compose(done -> ask(m -> m.put(ENTRY + entry.head().id(), text)));
    }
    return put.compose(done -> ask(m -> m.putIfAbsent(HEAD, base.head().text())))
        .map(there -> there == null);
  }

  @Override
  public Future<Void> close() {
    return map == null
        ? Future.succeededFuture()
        : ask(m -> m.remove(NODE + node))
            .compose(gone -> ask(AsyncMap::entries))
            .compose(this::last);
  }

  private Future<Void> last(Map<String, String> left) {
    List<String> members = manager.getNodes();
    boolean others =
        left.entrySet().stream()
            .anyMatch(each -> each.getKey().startsWith(NODE) && members.contains(each.getValue()));
    return others ? Future.succeededFuture() : ask(AsyncMap::clear);
  }

  @Override
  public int members() {
    return manager.getNodes().size();
  }
}
