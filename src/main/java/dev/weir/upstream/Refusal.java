package dev.weir.upstream;

import dev.weir.exchange.Flag;
import dev.weir.exchange.Trouble;

/** What keeps an exchange from another try. */
enum Refusal {
  /** Its policy, or its method. */
  NOT_COVERED(null),
  /** It was tried as often as it may be. */
  EXHAUSTED(Flag.RX),
  /** There would be no time left. */
  DEADLINE(null),
  /** A part of its body is gone. */
  BODY(null),
  /** Too many others are tried again. */
  BUDGET(Flag.UO);

  private final Flag flag;

  Refusal(Flag flag) {
    this.flag = flag;
  }

  /** What the exchange is flagged with; {@code null} for what the last try came to. */
  Flag flag() {
    return flag;
  }

  /**
   * The status of the reply.
   *
   * @param last what the last try came to
   */
  int status(Flag last) {
    return this == BUDGET ? flag.status() : last.status();
  }

  /** The word for the access log. */
  String detail(Trouble last) {
    return this == BUDGET ? "retry-budget" : last.label();
  }
}
