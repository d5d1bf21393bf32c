package dev.weir.body;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;

/**
 * Watches over one body: how many bytes pass, and how they look. Each byte of the client is shown
 * to it once, however often it is sent on.
 */
public final class BodyGuard {

  /** What a body has come to. */
  public enum Verdict {
    /** It may go on. */
    PASS,
    /** It is larger than it may be. */
    TOO_LARGE,
    /** It is not what its type says. */
    INVALID
  }

  private final long maxBytes;
  private final long length;
  private final BodyCheck check;
  private long seen;
  private long position = -1;
  private String problem;
  private boolean ended;

  /**
   * @param maxBytes how large the body may be; 0 for no bound
   * @param length how large it says it is; -1 when it does not say
   * @param check how it must look; {@code null} for no matter how
   */
  BodyGuard(long maxBytes, long length, BodyCheck check) {
    this.maxBytes = maxBytes;
    this.length = length;
    this.check = check;
  }

  /** Looks at the next piece; it may be sent on only if the verdict is to pass. */
  public Verdict pass(ByteBuf piece) {
    int size = piece.readableBytes();
    long before = seen;
    seen += size;
    if (maxBytes > 0 && seen > maxBytes) {
      return Verdict.TOO_LARGE;
    }
    if (check == null) {
      return Verdict.PASS;
    }
    if (!feed(piece, size, before)) {
      return Verdict.INVALID;
    }
    // With the last byte of a sized body the request is complete: look at its end before.
    return seen == length ? end() : Verdict.PASS;
  }

  private boolean feed(ByteBuf piece, int size, long before) {
    boolean backed = piece.hasArray();
    byte[] bytes = backed ? piece.array() : ByteBufUtil.getBytes(piece);
    int from = backed ? piece.arrayOffset() + piece.readerIndex() : 0;
    int stop = check.feed(bytes, from, from + size);
    if (check.problem() == null) {
      return true;
    }
    position = before + stop - from;
    problem = check.problem();
    return false;
  }

  /** Looks whether the body may end here. */
  public Verdict end() {
    ended = true;
    String missing = check == null ? null : check.missing();
    if (missing == null) {
      return Verdict.PASS;
    }
    position = seen;
    problem = missing;
    return Verdict.INVALID;
  }

  /** Whether the whole body has been seen. */
  public boolean isWhole() {
    return ended || seen == length;
  }

  /** The offset of the first byte that may not stand there; -1 when there is none. */
  public long position() {
    return position;
  }

  /** What is wrong, for people; {@code null} when nothing is. */
  public String problem() {
    return problem == null ? null : "At byte " + position + " of the body: " + problem;
  }
}
