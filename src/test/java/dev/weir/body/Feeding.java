package dev.weir.body;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.function.Supplier;

/** Shows bodies to checks, whole and in pieces. */
final class Feeding {

  /** Longer bodies are not cut at every byte, for that takes a square of time. */
  private static final int CUT_EVERYWHERE = 4096;

  private static final int SOME_CUTS = 500;

  private Feeding() {}

  /**
   * What came of a body.
   *
   * @param position where it went wrong; -1 when it did not
   * @param problem what was wrong; null when nothing was
   */
  record Outcome(long position, String problem) {
    boolean isValid() {
      return position < 0;
    }
  }

  /** One byte for each character. */
  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Looks at a body in the pieces that {@code cuts} make of it. */
  static Outcome feed(BodyCheck check, byte[] body, int... cuts) {
    BodyGuard guard = new BodyGuard(0, -1, check);
    int from = 0;
    for (int i = 0; i <= cuts.length; i++) {
      int to = i == cuts.length ? body.length : cuts[i];
      if (guard.pass(Unpooled.wrappedBuffer(body, from, to - from)) != BodyGuard.Verdict.PASS) {
        return outcome(guard);
      }
      from = to;
    }
    guard.end();
    return outcome(guard);
  }

  private static Outcome outcome(BodyGuard guard) {
    return new Outcome(guard.position(), guard.problem());
  }

  /** Looks at a body whole, cut at every byte and byte by byte; it must come to the same. */
  static Outcome feedEverywhere(Supplier<? extends BodyCheck> checks, byte[] body) {
    Outcome whole = feed(checks.get(), body);
    Random random = new Random(body.length);
    int cuts = Math.min(body.length, CUT_EVERYWHERE);
    int step = body.length <= CUT_EVERYWHERE ? 1 : CUT_EVERYWHERE / SOME_CUTS;
    for (int i = 0; i <= cuts; i += step) {
      int cut = body.length <= CUT_EVERYWHERE ? i : random.nextInt(body.length);
      assertThat(feed(checks.get(), body, cut)).as("cut at %s", cut).isEqualTo(whole);
    }
    int[] all = new int[body.length];
    for (int i = 0; i < all.length; i++) {
      all[i] = i;
    }
    assertThat(feed(checks.get(), body, all)).as("byte by byte").isEqualTo(whole);
    return whole;
  }
}
