package dev.weir.upstream;

import dev.weir.exchange.ClientResponse;
import dev.weir.exchange.Exchange;
import dev.weir.exchange.Flag;
import dev.weir.exchange.Trailers;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpVersion;
import java.util.Map;

/**
 * Carries a response from the upstream's side to the client's.
 *
 * <p>The head and the latest piece of the body are held back until the next event or until the
 * upstream's socket has nothing more, so that a response that arrives in one read leaves in one
 * write.
 */
final class ResponsePump {

  private final Attempt attempt;
  private final Exchange exchange;
  private final ClientResponse response;
  private final Http1Channel channel;
  private ResponseHead head;
  private Buffer held;
  private long remaining = -1;
  private long bytes;
  private boolean ended;
  private boolean watched;
  private boolean full;
  private boolean abandoned;

  ResponsePump(Attempt attempt, Http1Channel channel) {
    this.attempt = attempt;
    this.exchange = attempt.exchange();
    this.response = exchange.downstream().response();
    this.channel = channel;
  }

  boolean hasHead() {
    return head != null;
  }

  boolean isEnded() {
    return ended;
  }

  /** How much of the body has come. */
  long bytes() {
    return bytes;
  }

  /** How large the body is; -1 when that is not known. */
  long totalBytes() {
    return remaining < 0 ? -1 : bytes + remaining;
  }

  /** Whether the client has to read before more can be sent. */
  boolean waitsForClient() {
    return full;
  }

  void abandon() {
    abandoned = true;
    held = null;
    if (head != null && !response.headWritten()) {
      response.headers(io.vertx.core.http.HttpHeaders.headers());
      response.reason(null);
      response.chunked(false);
    }
  }

  void head(ResponseHead head) {
    this.head = head;
    boolean bodiless = Framing.isBodiless(exchange.method(), head.status());
    remaining =
        bodiless ? 0 : Framing.contentLength(head.fields().get(HttpHeaderNames.CONTENT_LENGTH));
    if (remaining == -2) {
      attempt.fail(Flag.UP, "The upstream sent an invalid Content-Length");
      return;
    }
    if (!bodiless && !Framing.isCodingKnown(head.fields())) {
      attempt.fail(Flag.UP, "The upstream used a transfer coding other than chunked");
      return;
    }
    exchange.status(head.status());
    response.status(head.status());
    keepReason(head);
    response.headers(head.fields());
    boolean old = exchange.downstream().request().version() == HttpVersion.HTTP_1_0;
    if (remaining == -1 && old) {
      exchange.closing(true); // The end of the connection is the end of the body.
    }
    exchange.downstream().filterResponse(exchange, head.version());
    if (remaining == -1 && !old) {
      response.chunked(true);
    }
  }

  private void keepReason(ResponseHead head) {
    String standard = HttpResponseStatus.valueOf(head.status()).reasonPhrase();
    if (!standard.equals(head.reason())) {
      response.reason(head.reason());
    }
  }

  void chunk(Buffer chunk) {
    if (abandoned || ended) {
      return;
    }
    attempt.progress();
    bytes += chunk.length();
    flushHeld();
    if (remaining > 0) {
      remaining -= chunk.length();
      if (remaining == 0) {
        response.end(chunk);
        ended = true;
        attempt.responseEnded();
        resume(); // Nothing waits for the client any more, and the connection is free.
        return;
      }
    }
    held = chunk;
  }

  void end(HttpHeaders trailers) {
    if (abandoned || ended) {
      return;
    }
    if (!trailers.isEmpty() && response.isChunked()) {
      keepTrailers(trailers);
    }
    ended = true;
    if (held != null) {
      response.end(held);
      held = null;
    } else {
      response.end();
    }
    resume();
    attempt.responseEnded();
  }

  private void keepTrailers(HttpHeaders trailers) {
    for (Map.Entry<String, String> field : trailers) {
      if (Trailers.mayPass(field.getKey())) {
        response.trailers().add(field.getKey(), field.getValue());
      }
    }
  }

  /** The upstream's socket has nothing more for now. */
  void readComplete() {
    if (abandoned || ended || head == null) {
      return;
    }
    if (held != null) {
      flushHeld();
    } else if (!response.headWritten() && (remaining > 0 || response.isChunked())) {
      response.writeHead();
    }
  }

  private void flushHeld() {
    if (held == null) {
      return;
    }
    Buffer chunk = held;
    held = null;
    if (!watched) {
      // Before the first write: on another event loop the queue may drain as soon as it is full.
      watched = true;
      response.drainHandler(drained -> attempt.loop().execute(this::drained));
    }
    response.write(chunk);
    if (!full && response.writeQueueFull()) {
      full = true;
      channel.pause();
    }
  }

  private void drained() {
    if (full && !abandoned) {
      attempt.progress();
      resume();
    }
  }

  private void resume() {
    if (full) {
      full = false;
      channel.resume();
    }
  }
}
