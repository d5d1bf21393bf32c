package dev.weir.admin;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

/** How the admin side answers. */
final class Reply {

  private static final String JSON = "application/json";
  private static final String PROBLEM = "application/problem+json";
  private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

  private Reply() {}

  static void json(RoutingContext page, int status, JsonObject body) {
    send(page, status, JSON, body.toBuffer());
  }

  /** A status of 400 and above, described as RFC 9457 has it. */
  static void problem(RoutingContext page, int status) {
    JsonObject problem =
        new JsonObject()
            .put("type", "about:blank")
            .put("title", HttpResponseStatus.valueOf(status).reasonPhrase())
            .put("status", status);
    send(page, status, PROBLEM, problem.toBuffer());
  }

  /** Numbers in the text format of Prometheus. */
  static void metrics(RoutingContext page, String text) {
    send(page, 200, PROMETHEUS, Buffer.buffer(text));
  }

  private static void send(RoutingContext page, int status, String type, Buffer body) {
    HttpServerResponse response = page.response();
    if (response.ended() || response.closed()) {
      return;
    }
    response.setStatusCode(status);
    response.putHeader(HttpHeaders.CONTENT_TYPE, type);
    response.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length()));
    response.putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    if (hasBody(page.request())) {
      response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
      end(page, body).onComplete(sent -> page.request().connection().close()); // Unread.
    } else {
      end(page, body);
    }
  }

  private static Future<Void> end(RoutingContext page, Buffer body) {
    HttpServerResponse response = page.response();
    return page.request().method() == HttpMethod.HEAD ? response.end() : response.end(body);
  }

  private static boolean hasBody(HttpServerRequest request) {
    MultiMap headers = request.headers();
    String length = headers.get(HttpHeaders.CONTENT_LENGTH);
    return headers.contains(HttpHeaders.TRANSFER_ENCODING) || length != null && !length.equals("0");
  }
}
