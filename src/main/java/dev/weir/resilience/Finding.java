package dev.weir.resilience;

/**
 * Something that an {@link OutlierDetector} found or did.
 *
 * @param endpoint whom it is about
 * @param outcome what became of it
 * @param reason what spoke against the endpoint; {@code null} when it returns
 * @param value what was seen: how many in a row, or a share in percent
 * @param threshold from which value on that is too bad
 * @param times how often it was ejected, less the intervals that it did well since
 * @param nanos how long it is ejected; 0 when it is not
 * @param ejected how many endpoints are ejected from now on
 * @param <E> what an endpoint is
 */
public record Finding<E>(
    E endpoint,
    Outcome outcome,
    Reason reason,
    double value,
    double threshold,
    int times,
    long nanos,
    int ejected) {

  /** What becomes of a finding. */
  public enum Outcome {
    /** The endpoint gets no traffic for a time. */
    EJECTED,
    /** It stays: the configuration only wants to know. */
    DETECTED,
    /** It stays: as many as may be ejected are already. */
    OVERFLOWED,
    /** It gets traffic again. */
    RETURNED
  }
}
