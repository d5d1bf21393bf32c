package dev.weir.metrics;

import java.util.Locale;

/** Why a connection to an endpoint was closed. */
public enum CloseReason {
  /** No request used it for too long. */
  IDLE,
  /** It was old enough. */
  LIFETIME,
  /** It had served as many requests as it may. */
  REQUESTS,
  /** The endpoint closed it, or said that it would. */
  SERVER,
  /** Its request did not end well: a timeout, a failure, or a client that went away. */
  ABORTED,
  /** The endpoint's name does not stand for its address any more. */
  MOVED,
  /** The endpoint is not healthy, or drains. */
  UNUSED,
  /** Another lane needed it more. */
  LENT,
  /** The pool was closed: the configuration changed, or the gateway stops. */
  RETIRED;

  /** The word for it in metrics. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
