package dev.weir.resilience;

/**
 * One change of the state of a circuit breaker.
 *
 * @param from the state before
 * @param to the state from now on
 * @param cause why
 * @param sequence grows by one with every change of this breaker
 * @param calls how many calls the window held that was in force, or how many trials had ended
 * @param failures how many of them had failed
 * @param slow how many of them were slow
 * @param openNanos for how long it refuses calls from now on; 0 when it does not, or without end
 */
public record Transition(
    State from,
    State to,
    Cause cause,
    long sequence,
    int calls,
    int failures,
    int slow,
    long openNanos) {}
