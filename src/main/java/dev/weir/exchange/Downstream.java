package dev.weir.exchange;

import io.netty.channel.EventLoop;
import io.vertx.core.http.HttpVersion;

/**
 * The client's side of an exchange, as the other roles see it. Every method may be called anywhere.
 */
public interface Downstream {

  /** The event loop on which the streams of the request and the response call back. */
  EventLoop loop();

  ClientRequest request();

  ClientResponse response();

  /**
   * Called when all fields of an upstream's response stand in the response, just before the head is
   * written: removes what must not cross, adds what must.
   *
   * @param received the version in which the upstream sent it
   */
  void filterResponse(Exchange exchange, HttpVersion received);

  /**
   * Like {@link #filterResponse(Exchange, HttpVersion)} for a response that the gateway makes
   * itself.
   */
  void filterReply(Exchange exchange);

  /**
   * Closes the client's connection at once: what was sent so far must not pass for a whole message.
   */
  void cut();

  /** Called once when the exchange is over. */
  void ended(Exchange exchange);
}
