package dev.weir.accesslog;

/**
 * What one line of the access log says. The event loop of the exchange fills it, then offers it,
 * and does not touch it again: the queue publishes it to the writer.
 *
 * <p>A text that is {@code null} and a duration that is -1 are left out of the line. Texts may hold
 * anything that a client can send.
 */
public final class AccessEntry {

  /** When the request arrived, in milliseconds since 1970. */
  public long epochMillis;

  /** The request id. */
  public String requestId;

  /** The client's address, without the port. */
  public String clientAddress;

  /** The request method. */
  public String method;

  /** The authority that was asked for. */
  public String host;

  /** Path and query as the client sent them. */
  public String target;

  /** The protocol on the client's side, like {@code HTTP/1.1}. */
  public String protocol;

  /** The id of the route. */
  public String routeId;

  /** The name of the upstream. */
  public String upstream;

  /** The endpoint of the last attempt. */
  public String endpoint;

  /** The status that the client got, or would have got. */
  public int status;

  /** Why the exchange did not go as it should. */
  public String flag;

  /** A word that says more than the flag. */
  public String detail;

  /** Bytes of the request's body that arrived. */
  public long bytesIn;

  /** Bytes of the response's body that were sent. */
  public long bytesOut;

  /** How many attempts were made. */
  public int attempts;

  /** From the head of the request until an attempt began, in nanoseconds. */
  public long queueNanos = -1;

  /** From there until the attempt had a connection, in nanoseconds. */
  public long connectNanos = -1;

  /** From the head of the request until the head of the upstream's response, in nanoseconds. */
  public long firstByteNanos = -1;

  /** From the head of the request until the end of the exchange, in nanoseconds. */
  public long totalNanos = -1;
}
