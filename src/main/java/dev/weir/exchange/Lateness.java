package dev.weir.exchange;

/** What took too long once an exchange had an endpoint. */
public enum Lateness {
  /** The connection to the endpoint. */
  CONNECT("connect", "No connection came about in time"),
  /** The wait for a connection of a full pool. */
  POOL("pool", "No connection became free in time"),
  /** The head of the response, after the end of the request. */
  FIRST_BYTE("first-byte", "The response did not begin in time"),
  /** The next byte, while the endpoint sends or takes a body. */
  IDLE("idle", "The upstream stopped sending or reading"),
  /** A body, whose bytes the endpoint sends or takes too slowly. */
  RATE("rate", "The upstream was slower than it may be"),
  /** One try, to the head of the response. */
  TRY("try", "A try took longer than it may"),
  /** The whole exchange. */
  REQUEST("request", "The request took longer than it may"),
  /** The client's next byte of a body. */
  CLIENT_SEND("client-send", "The client stopped sending"),
  /** The client, as it reads the response. */
  CLIENT_READ("client-read", "The client stopped reading"),
  /** A body, whose bytes the client sends or takes too slowly. */
  CLIENT_RATE("client-rate", "The client was slower than it may be");

  private final String label;
  private final String title;

  Lateness(String label, String title) {
    this.label = label;
    this.title = title;
  }

  /** What it is called in the access log and the metrics. */
  public String label() {
    return label;
  }

  /** One sentence for people. */
  public String title() {
    return title;
  }
}
