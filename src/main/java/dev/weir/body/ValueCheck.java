package dev.weir.body;

/** A check of how a body is made, and then of what it holds. */
final class ValueCheck extends BodyCheck {

  private final BodyCheck syntax;
  private final ValueReader values;

  ValueCheck(BodyCheck syntax, ValueReader values) {
    this.syntax = syntax;
    this.values = values;
  }

  @Override
  int feed(byte[] bytes, int from, int to) {
    int stop = syntax.feed(bytes, from, to);
    if (syntax.problem() != null) {
      return fail(stop, syntax.problem());
    }
    int at = values.feed(bytes, from, to);
    return values.problem() == null ? to : fail(at, values.problem());
  }

  @Override
  String missing() {
    String missing = syntax.missing();
    if (missing == null) {
      values.end();
      missing = values.problem() == null ? values.missing() : values.problem();
    }
    return missing;
  }
}
