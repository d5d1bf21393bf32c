package dev.weir.resilience;

/** Says whether a breaker may try, where only one of several may. Any thread may ask. */
@FunctionalInterface
public interface Turn {

  /** Everybody's turn at any time. */
  Turn ALWAYS = now -> true;

  /**
   * Whether trials may begin now. Asked again and again while the breaker is open and could try;
   * must not wait for anybody. Who says no at first may call {@link CircuitBreaker#begin} later.
   *
   * @param now the time in nanoseconds
   */
  boolean isOurs(long now);
}
