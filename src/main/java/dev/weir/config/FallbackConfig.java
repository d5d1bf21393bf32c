package dev.weir.config;

/**
 * What is done with a request that an open circuit breaker refuses: either it goes to another
 * upstream, or it gets an answer that stands here.
 *
 * @param upstream the name of the other upstream; default none
 * @param status the status of the answer, 200 to 599; default {@value #DEFAULT_STATUS}
 * @param contentType the content type of the answer; default {@value #DEFAULT_CONTENT_TYPE}
 * @param body the answer; default none, which is 503 with the reason
 */
public record FallbackConfig(String upstream, int status, String contentType, String body) {

  /** Success. */
  public static final int DEFAULT_STATUS = 200;

  /** JSON. */
  public static final String DEFAULT_CONTENT_TYPE = "application/json";

  static FallbackConfig read(ObjectReader r) {
    FallbackConfig read =
        new FallbackConfig(
            r.optional("upstream", null, Common.NAME),
            r.optional("status", DEFAULT_STATUS, Shape.integer(200, 599)),
            r.optional("contentType", DEFAULT_CONTENT_TYPE, Shape.text(HttpRules.HEADER_VALUE)),
            r.optional("body", null, Shape.text()));
    if ((read.upstream == null) == (read.body == null)) {
      r.problem("upstream", "either an upstream or a body");
    }
    return read;
  }
}
