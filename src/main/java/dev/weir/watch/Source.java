package dev.weir.watch;

import io.vertx.config.ConfigRetriever;
import io.vertx.config.ConfigRetrieverOptions;
import io.vertx.config.ConfigStoreOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** What stands in a file, or in the files of a directory. */
final class Source {

  private final ConfigRetriever retriever;

  private Source(Vertx vertx, ConfigStoreOptions store) {
    ConfigRetrieverOptions options = new ConfigRetrieverOptions().addStore(store);
    retriever = ConfigRetriever.create(vertx, options.setScanPeriod(0)); // It is asked.
  }

  /** Finds out what the path is; fails when nothing is there. */
  static Future<Source> of(Vertx vertx, String path) {
    return vertx
        .fileSystem()
        .props(path)
        .map(props -> new Source(vertx, props.isDirectory() ? directory(path) : file(path)))
        .recover(failure -> Future.failedFuture(missing(path, failure)));
  }

  private static VertxException missing(String path, Throwable failure) {
    return new VertxException("Cannot watch " + path + ": " + failure.getMessage(), true);
  }

  private static ConfigStoreOptions file(String path) {
    JsonObject config = new JsonObject().put("path", path);
    return new ConfigStoreOptions().setType("file").setFormat("json").setConfig(config);
  }

  private static ConfigStoreOptions directory(String path) {
    JsonObject files = new JsonObject().put("pattern", "*.json").put("format", "json");
    JsonObject config = new JsonObject().put("path", path).put("filesets", JsonArray.of(files));
    return new ConfigStoreOptions().setType("directory").setConfig(config);
  }

  /** Reads it; fails when it can't be read or is no JSON. */
  Future<JsonObject> read() {
    return retriever.getConfig();
  }

  Future<Void> close() {
    return retriever.close();
  }
}
