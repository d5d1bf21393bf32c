package dev.weir.ingress.filter;

/**
 * Why a request head is refused.
 *
 * @param status the status of the reply
 * @param reason one sentence for the client
 */
public record Verdict(int status, String reason) {

  static Verdict bad(String reason) {
    return new Verdict(400, reason);
  }
}
