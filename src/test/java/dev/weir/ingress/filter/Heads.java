package dev.weir.ingress.filter;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpRequest;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.impl.VertxHttpRequestDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Makes the fields of messages, and shows them. */
final class Heads {

  private Heads() {}

  /** Fields in the map that Vert.x uses for HTTP/1.1, from lines such as {@code Host: a}. */
  static MultiMap of(String... lines) {
    MultiMap headers = HttpHeaders.headers();
    for (String line : lines) {
      int colon = line.indexOf(": ");
      headers.add(line.substring(0, colon), line.substring(colon + 2));
    }
    return headers;
  }

  /** All fields in their order, the names in small letters, as {@code name: value}. */
  static List<String> lines(MultiMap headers) {
    List<String> lines = new ArrayList<>();
    for (Map.Entry<String, String> field : headers) {
      lines.add(field.getKey().toLowerCase(Locale.ROOT) + ": " + field.getValue());
    }
    return lines;
  }

  /** What the decoder of a Vert.x server makes of the head of a request, byte for byte. */
  static HttpRequest decode(String head) {
    EmbeddedChannel channel =
        new EmbeddedChannel(new VertxHttpRequestDecoder(new HttpServerOptions()));
    channel.writeInbound(Unpooled.copiedBuffer(head, StandardCharsets.ISO_8859_1));
    HttpRequest request = channel.readInbound();
    channel.finishAndReleaseAll();
    return request;
  }

  /** The status with which the decoder or the check refuses a head; 200 when it passes. */
  static int judge(String head) {
    HttpRequest request = decode(head);
    if (!request.decoderResult().isSuccess()) {
      return 400;
    }
    HttpVersion version = version(request);
    if (version == null) {
      return 505;
    }
    HttpMethod method = HttpMethod.fromNetty(request.method());
    MultiMap headers = (MultiMap) request.headers();
    Verdict verdict = new RequestCheck(100).check(method, version, request.uri(), headers);
    return verdict == null ? 200 : verdict.status();
  }

  /** Vert.x knows no other versions. */
  private static HttpVersion version(HttpRequest request) {
    if (request.protocolVersion() == io.netty.handler.codec.http.HttpVersion.HTTP_1_0) {
      return HttpVersion.HTTP_1_0;
    }
    boolean current = request.protocolVersion() == io.netty.handler.codec.http.HttpVersion.HTTP_1_1;
    return current ? HttpVersion.HTTP_1_1 : null;
  }
}
