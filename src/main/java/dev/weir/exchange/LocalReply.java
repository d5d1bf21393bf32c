package dev.weir.exchange;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;

/**
 * The one place where a failure becomes a response: {@code application/problem+json} (RFC 9457), or
 * text for a client that asks for text.
 */
public final class LocalReply {

  private static final CharSequence PROBLEM =
      HttpHeaders.createOptimized("application/problem+json");
  private static final CharSequence TEXT = HttpHeaders.createOptimized("text/plain; charset=utf-8");

  private LocalReply() {}

  /** Answers with the flag's own status. */
  public static void send(Exchange exchange, Flag flag, String detail) {
    send(exchange, flag, flag.status(), detail);
  }

  /**
   * Answers the client and ends the exchange. When the head of a response is already on its way the
   * connection is closed instead, so that a part can't pass for the whole.
   *
   * @param detail what exactly went wrong, for people; {@code null} for the flag's title
   */
  public static void send(Exchange exchange, Flag flag, int status, String detail) {
    if (exchange.isScout()) {
      exchange.end();
    } else if (exchange.claim()) {
      reply(exchange, flag, status, detail);
    }
  }

  private static void reply(Exchange exchange, Flag flag, int status, String detail) {
    exchange.flag(flag);
    ClientResponse response = exchange.downstream().response();
    if (response.headWritten()) {
      exchange.downstream().cut();
    } else {
      exchange.status(status);
      write(exchange, response, status, detail == null ? flag.title() : detail);
    }
    exchange.end();
  }

  /**
   * Answers with the flag's own status, and says when to come again.
   *
   * @param afterSeconds at least 1
   */
  public static void retryAfter(Exchange exchange, Flag flag, long afterSeconds) {
    if (exchange.isScout()) {
      exchange.end();
    } else if (exchange.claim()) {
      ClientResponse response = exchange.downstream().response();
      if (!response.headWritten()) {
        response.headers().set(HttpHeaders.RETRY_AFTER, Long.toString(afterSeconds));
      }
      reply(exchange, flag, flag.status(), null);
    }
  }

  /** Answers with something that stands in for the upstream, and ends the exchange. */
  public static void standIn(
      Exchange exchange, Flag flag, int status, String contentType, Buffer body) {
    ClientResponse response = exchange.downstream().response();
    if (exchange.isScout() || response.headWritten()) {
      send(exchange, flag, null);
      return;
    }
    if (!exchange.claim()) {
      return;
    }
    exchange.flag(flag);
    exchange.status(status);
    response.status(status);
    response.headers().set(HttpHeaders.CONTENT_TYPE, contentType);
    end(exchange, response, body);
    exchange.end();
  }

  private static void write(Exchange exchange, ClientResponse response, int status, String detail) {
    boolean text = asksForText(exchange.downstream().request().headers());
    Buffer body = text ? Buffer.buffer(detail + "\n") : problem(exchange, status, detail);
    response.status(status);
    response.headers().set(HttpHeaders.CONTENT_TYPE, text ? TEXT : PROBLEM);
    end(exchange, response, body);
  }

  private static void end(Exchange exchange, ClientResponse response, Buffer body) {
    exchange.downstream().filterReply(exchange);
    if (exchange.downstream().request().method() == HttpMethod.HEAD) {
      response.headers().set(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length()));
      response.end();
    } else {
      response.end(body);
    }
  }

  private static Buffer problem(Exchange exchange, int status, String detail) {
    JsonObject problem =
        new JsonObject()
            .put("type", "about:blank")
            .put("title", exchange.flag().title())
            .put("status", status)
            .put("detail", detail)
            .put("flag", exchange.flag().name());
    if (exchange.id() != null) {
      problem.put("requestId", exchange.id());
    }
    if (exchange.flag() == Flag.BI && exchange.guard() != null) {
      problem.put("position", exchange.guard().position());
    }
    return problem.toBuffer();
  }

  private static boolean asksForText(MultiMap headers) {
    String accept = headers.get(HttpHeaders.ACCEPT);
    if (accept == null) {
      return false;
    }
    int text = accept.indexOf("text/");
    int json = accept.indexOf("json");
    return text >= 0 && (json < 0 || text < json);
  }
}
