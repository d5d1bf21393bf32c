package dev.weir.config;

import java.util.List;

/**
 * What is written of each request.
 *
 * @param mode {@value #OFF}, {@value #SAMPLED} or {@value #FULL} (every request); default {@value
 *     #DEFAULT_MODE}
 * @param format {@value #LOGFMT} or {@value #JSON}, one line a request; default {@value
 *     #DEFAULT_FORMAT}
 * @param sampleRatio the share of requests that is written in mode {@value #SAMPLED}, 0 to 1;
 *     default {@value #DEFAULT_SAMPLE_RATIO}
 * @param path the file to append to; default null, which is standard output
 * @param queueSize how many lines may wait for the writer, 16 to 16777216; default {@value
 *     #DEFAULT_QUEUE_SIZE}; beyond it lines are dropped and counted
 */
public record AccessLogConfig(
    String mode, String format, double sampleRatio, String path, int queueSize) {

  /** Nothing is written. */
  public static final String OFF = "off";

  /** A share of the requests is written. */
  public static final String SAMPLED = "sampled";

  /** Every request is written. */
  public static final String FULL = "full";

  /** Every mode there is. */
  public static final List<String> MODES = List.of(OFF, SAMPLED, FULL);

  /** Lines of {@code key=value}. */
  public static final String LOGFMT = "logfmt";

  /** Lines of JSON objects. */
  public static final String JSON = "json";

  /** Every format there is. */
  public static final List<String> FORMATS = List.of(LOGFMT, JSON);

  /** Every request. */
  public static final String DEFAULT_MODE = FULL;

  /** Lines of {@code key=value}. */
  public static final String DEFAULT_FORMAT = LOGFMT;

  /** One in a hundred. */
  public static final double DEFAULT_SAMPLE_RATIO = 0.01;

  /** In lines. */
  public static final int DEFAULT_QUEUE_SIZE = 65_536;

  static AccessLogConfig read(ObjectReader r) {
    return new AccessLogConfig(
        r.optional("mode", DEFAULT_MODE, Shape.word(MODES)),
        r.optional("format", DEFAULT_FORMAT, Shape.word(FORMATS)),
        r.optional("sampleRatio", DEFAULT_SAMPLE_RATIO, Shape.number(0, 1)),
        r.optional("path", null, Shape.text(HttpRules.NOT_EMPTY)),
        r.optional("queueSize", DEFAULT_QUEUE_SIZE, Shape.integer(16, 1 << 24)));
  }
}
