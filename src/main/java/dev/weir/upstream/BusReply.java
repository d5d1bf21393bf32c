package dev.weir.upstream;

import dev.weir.exchange.ClientResponse;
import dev.weir.exchange.Exchange;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The response that a reply stands for.
 *
 * @param status 200 to 599
 * @param fields what the reply says in headers that begin with {@value BusMessage#FIELD}
 * @param type the content type that the body has unless the fields say otherwise; {@code null}
 *     where there is no body
 * @param body the body
 */
record BusReply(int status, MultiMap fields, String type, Buffer body) {
  private static final String STATUS = "status";
  private static final int LEAST = 200;
  private static final int MOST = 599;
  private static final int LEAST_FAILURE = 400;
  private static final int EMPTY = 204;
  private static final Pattern DIGITS = Pattern.compile("[2-5][0-9]{2}");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");
  private static final Pattern VALUE = Pattern.compile("[\\t -~\\u0080-\\u00ff]*");

  /** They are the gateway's to set. */
  private static final Set<String> FRAMING =
      Set.of("content-length", "transfer-encoding", "connection", "trailer", "upgrade");

  /** What a reply stands for; {@code null} when it can't be a response. */
  static BusReply of(Message<Object> reply) {
    Object body = reply.body();
    Buffer bytes = bytes(body);
    String said = reply.headers().get(STATUS);
    MultiMap fields = fields(reply.headers());
    boolean known = said == null || DIGITS.matcher(said).matches();
    if (!known || fields == null || bytes == null && body != null) {
      return null;
    }
    int byDefault = body == null ? EMPTY : LEAST;
    int status = said == null ? byDefault : Integer.parseInt(said);
    return new BusReply(status, fields, type(body), bytes == null ? Buffer.buffer() : bytes);
  }

  /** What a service says by failing with a status; {@code null} when the code is none. */
  static BusReply of(ReplyException failure) {
    int code = failure.failureCode();
    boolean told = failure.failureType() == ReplyFailure.RECIPIENT_FAILURE;
    if (!told || code < LEAST_FAILURE || code > MOST) {
      return null;
    }
    JsonObject problem = new JsonObject().put("type", "about:blank").put(STATUS, code);
    problem.put("detail", failure.getMessage());
    return new BusReply(
        code, HttpHeaders.headers(), "application/problem+json", problem.toBuffer());
  }

  private static Buffer bytes(Object body) {
    if (body instanceof JsonObject object) {
      return object.toBuffer();
    }
    if (body instanceof JsonArray array) {
      return array.toBuffer();
    }
    if (body instanceof Buffer buffer) {
      return buffer;
    }
    if (body instanceof byte[] array) {
      return Buffer.buffer(array);
    }
    boolean scalar = body instanceof String || body instanceof Number || body instanceof Boolean;
    return scalar ? Buffer.buffer(body.toString()) : null;
  }

  private static String type(Object body) {
    if (body == null) {
      return null;
    }
    if (body instanceof String) {
      return "text/plain; charset=utf-8";
    }
    boolean bytes = body instanceof Buffer || body instanceof byte[];
    return bytes ? "application/octet-stream" : "application/json";
  }

  /** The fields; {@code null} when one of them can't be one. */
  private static MultiMap fields(MultiMap headers) {
    MultiMap fields = HttpHeaders.headers();
    for (Map.Entry<String, String> header : headers) {
      String key = header.getKey();
      if (key.regionMatches(true, 0, BusMessage.FIELD, 0, BusMessage.FIELD.length())) {
        String name = key.substring(BusMessage.FIELD.length());
        if (!NAME.matcher(name).matches() || !VALUE.matcher(header.getValue()).matches()) {
          return null;
        }
        if (FRAMING.stream().noneMatch(name::equalsIgnoreCase)) {
          fields.add(name, header.getValue());
        }
      }
    }
    return fields;
  }

  /** Answers the client. */
  void write(Exchange exchange) {
    ClientResponse response = exchange.downstream().response();
    response.status(status);
    response.headers().addAll(fields);
    if (type != null && !fields.contains(HttpHeaders.CONTENT_TYPE)) {
      response.headers().set(HttpHeaders.CONTENT_TYPE, type);
    }
    exchange.downstream().filterResponse(exchange, HttpVersion.HTTP_1_1);
    if (exchange.method() == HttpMethod.HEAD) {
      response.headers().set(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length()));
      response.end();
    } else if (Framing.isBodiless(exchange.method(), status)) {
      response.end();
    } else {
      response.end(body);
    }
  }
}
