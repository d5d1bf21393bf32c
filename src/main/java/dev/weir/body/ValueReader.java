package dev.weir.body;

/**
 * Finds the values of a body that are wanted. It is shown only what a {@link BodyCheck} has let
 * pass, so it need not look for mistakes; it may stop and go on at any byte.
 */
abstract class ValueReader {

  private final ValueRules.Run run;
  private String problem;

  ValueReader(ValueRules.Run run) {
    this.run = run;
  }

  /** Reads on; the index of the byte that completes a value that is not right, or {@code to}. */
  abstract int feed(byte[] bytes, int from, int to);

  /** The body ends here. */
  abstract void end();

  /** Hands a value over. */
  final void found(ValueRules.Step at, String text) {
    String wrong = run.found(at, text);
    problem = problem == null ? wrong : problem;
  }

  final String problem() {
    return problem;
  }

  final String missing() {
    return run.missing();
  }
}
