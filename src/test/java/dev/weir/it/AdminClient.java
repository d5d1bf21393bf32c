package dev.weir.it;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Sends commands to an admin side. */
final class AdminClient {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final int port;

  AdminClient(int port) {
    this.port = port;
  }

  /** Posts {@code body} to {@code /control} with header names and values. */
  HttpResponse<String> post(String body, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/control"))
            .timeout(Duration.ofSeconds(30))
            .POST(HttpRequest.BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  /** The answer to a command. */
  JsonObject command(JsonObject command) throws Exception {
    return new JsonObject(post(command.encode(), "content-type", "application/json").body());
  }

  /** The version that the node has; 0 when it does not answer. */
  long version() {
    try (RawClient client = RawClient.connect(port)) {
      return new JsonObject(client.get("/upstreams", "Connection: close").text())
          .getLong("version");
    } catch (IOException e) {
      return 0;
    }
  }
}
