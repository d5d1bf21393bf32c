package dev.weir.exchange;

/** What an attempt may come to that another one might not. */
public enum Trouble {
  /** No connection came about. */
  CONNECT_FAILURE("connect-failure", true),
  /** The server did not begin with the request. */
  REFUSED_STREAM("refused-stream", true),
  /** The connection broke before the head of a response. */
  RESET("reset", false),
  /** The head of the response did not come in time. */
  TIMEOUT("timeout", false),
  /** 502, 503 or 504. */
  GATEWAY_ERROR("gateway-error", false),
  /** Another status that the configuration lists. */
  STATUS("status", false);

  private final String label;
  private final boolean unseen;

  Trouble(String label, boolean unseen) {
    this.label = label;
    this.unseen = unseen;
  }

  /** What it is called in the configuration and the metrics. */
  public String label() {
    return label;
  }

  /** Whether the server never saw the request, so that any method may be sent again. */
  public boolean isUnseen() {
    return unseen;
  }
}
