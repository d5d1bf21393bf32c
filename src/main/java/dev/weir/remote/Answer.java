package dev.weir.remote;

import dev.weir.exchange.ClientResponse;
import dev.weir.exchange.Downstream;
import dev.weir.exchange.Exchange;
import dev.weir.exchange.Flag;
import dev.weir.node.Endpoint;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntConsumer;

/** Gives the client the response that the serving node sends, as fast as the client takes it. */
final class Answer {

  private final Exchange exchange;
  private final Downstream downstream;
  private final ClientResponse response;
  private final IntConsumer credit;
  private final Window window = new Window(Window.BYTES);
  private boolean begun;
  private boolean reply;
  private boolean full;
  private long remaining = -1; // -1 while that is not known
  private long bytes;

  /**
   * @param credit takes how many bytes more the other node may send
   */
  Answer(Exchange exchange, IntConsumer credit) {
    this.exchange = exchange;
    this.downstream = exchange.downstream();
    this.response = downstream.response();
    this.credit = credit;
  }

  /** Whether the head has come. */
  boolean isBegun() {
    return begun;
  }

  /** Whether the serving node has made it itself. */
  boolean isReply() {
    return reply;
  }

  /** How much of the body has come. */
  long bytes() {
    return bytes;
  }

  /** The head has come. */
  void head(ResponseHead head) {
    if (begun) {
      throw new FrameException("a second head");
    }
    MultiMap fields = Fields.of(head.fields());
    begun = true;
    exchange.timing().firstByte(System.nanoTime());
    exchange.status(head.status());
    response.status(head.status());
    if (head.reason() != null) {
      response.reason(head.reason());
    }
    for (Map.Entry<String, String> field : fields) {
      response.headers().add(field.getKey(), field.getValue());
    }
    exchange.affinity(head.affinity());
    exchange.closing(exchange.closing() || head.closing());
    remaining = length(head.status(), fields.get(HttpHeaders.CONTENT_LENGTH));
    filter(head);
    response.chunked(head.chunked() && downstream.request().version() != HttpVersion.HTTP_1_0);
    response.drainHandler(drained -> drained());
  }

  private void filter(ResponseHead head) {
    Flag flag = head.replyFlag();
    if (flag == null) {
      downstream.filterResponse(exchange, head.receivedVersion());
    } else {
      reply = true;
      exchange.flag(flag);
      downstream.filterReply(exchange);
    }
  }

  private long length(int status, String value) {
    if (exchange.method() == HttpMethod.HEAD || status == 204 || status == 304) {
      return 0;
    }
    try {
      return value == null ? -1 : Long.parseLong(value);
    } catch (NumberFormatException e) {
      throw new FrameException("a Content-Length that is none");
    }
  }

  /**
   * A piece of the body has come.
   *
   * @param ending what goes with the end; {@code null} when this is not the end
   */
  void body(Buffer piece, Ending ending, Function<String, Endpoint> endpoints) {
    int length = piece.length();
    if (!begun) {
      throw new FrameException("a body without a head");
    }
    if (remaining >= 0) {
      remaining -= length;
      if (remaining < 0 || ending != null && remaining > 0) {
        throw new FrameException("a body that is not as long as it says");
      }
    }
    window.received(length);
    bytes += length;
    if (ending != null) {
      end(piece, ending, endpoints);
    } else if (length > 0) {
      response.write(piece);
      window.used(length);
      full = response.writeQueueFull();
      grant();
    } else if (remaining > 0 || response.isChunked()) {
      response.writeHead();
    }
  }

  private void end(Buffer piece, Ending ending, Function<String, Endpoint> endpoints) {
    note(ending, endpoints);
    if (response.isChunked()) {
      Fields.of(ending.trailers())
          .forEach(each -> response.trailers().add(each.getKey(), each.getValue()));
    }
    if (piece.length() > 0) {
      response.end(piece);
    } else {
      response.end();
    }
  }

  /** What the exchange has come to at the other node. */
  void note(Ending ending, Function<String, Endpoint> endpoints) {
    exchange.flag(ending.flagOr(null));
    exchange.detail(ending.detail());
    if (ending.endpoint() != null) {
      exchange.attempted(endpoints.apply(ending.endpoint()), ending.attempts());
    }
    exchange.timing().connectedAfter(ending.connectNanos());
  }

  private void drained() {
    full = false;
    grant();
  }

  private void grant() {
    int more = full ? 0 : window.grant();
    if (more > 0) {
      credit.accept(more);
    }
  }

  /** Nothing more comes; what was not sent off is forgotten. */
  void abandon() {
    if (begun && !response.headWritten()) {
      response.headers().clear();
    }
  }
}
