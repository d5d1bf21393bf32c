package dev.weir.exchange;

import io.netty.channel.EventLoop;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** A client's side without a connection: it sends GET without a body, and notes its answers. */
public final class FakeClient implements Downstream {
  private final Request request = new Request();
  private final Response response = new Response();
  private final List<Integer> answers = new CopyOnWriteArrayList<>();
  private final CompletableFuture<Exchange> ended = new CompletableFuture<>();

  /** An exchange of it. */
  public Exchange exchange(String upstream, MultiMap headers) {
    Exchange exchange = new Exchange(this, System.nanoTime());
    exchange.request("id", HttpMethod.GET, "/", headers, Exchange.BodyKind.NONE);
    exchange.route("route", upstream, false);
    return exchange;
  }

  /** The statuses of the responses that were written to their end. */
  public List<Integer> answers() {
    return answers;
  }

  /** Completes when the exchange ends. */
  public CompletableFuture<Exchange> ended() {
    return ended;
  }

  @Override
  public EventLoop loop() {
    return null;
  }

  @Override
  public ClientRequest request() {
    return request;
  }

  @Override
  public ClientResponse response() {
    return response;
  }

  @Override
  public void filterResponse(Exchange exchange, HttpVersion received) {}

  @Override
  public void filterReply(Exchange exchange) {}

  @Override
  public void cut() {}

  @Override
  public void ended(Exchange exchange) {
    ended.complete(exchange);
  }

  private static final class Request extends PacedRequest {
    Request() {
      super(HttpMethod.GET, HttpVersion.HTTP_1_1, "/", HttpHeaders.headers(), ALL);
    }

    @Override
    protected void run(Runnable task) {
      task.run();
    }
  }

  private final class Response extends DraftResponse {
    @Override
    protected boolean isFull() {
      return false;
    }

    @Override
    public void writeContinue() {}

    @Override
    public void writeEarlyHints(MultiMap fields) {}

    @Override
    public void writeHead() {
      headIsWritten();
    }

    @Override
    public void write(Buffer piece) {
      headIsWritten();
    }

    @Override
    public void end(Buffer piece) {
      end();
    }

    @Override
    public void end() {
      headIsWritten();
      answers.add(status());
    }

    @Override
    public long bytesWritten() {
      return 0;
    }
  }
}
