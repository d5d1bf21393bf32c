package dev.weir.body;

/**
 * Looks at a body piece by piece and says where it goes wrong. It may stop and go on at any byte.
 */
abstract class BodyCheck {

  private String problem;

  /**
   * Looks at the next bytes.
   *
   * @return {@code to} when they may pass, else the index of the first that may not; then this
   *     object is of no further use
   */
  abstract int feed(byte[] bytes, int from, int to);

  /** What is missing when the body ends here; {@code null} when it may end. */
  abstract String missing();

  /** What is wrong with the byte that may not pass; {@code null} as long as there is none. */
  final String problem() {
    return problem;
  }

  /** Notes what is wrong with the byte at an index, and returns the index. */
  final int fail(int index, String problem) {
    this.problem = problem;
    return index;
  }

  /** Notes what is wrong with the byte at hand, and returns false. */
  final boolean fail(String problem) {
    this.problem = problem;
    return false;
  }
}
