package dev.weir.resilience;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Where one lane tells what its traffic sees of one endpoint. Only the lane's own thread uses it.
 */
public final class Observer {

  /*
   * The counts have one writer, which needs no atomic instruction, and one reader, the detector at
   * its interval; a count that it sees a moment late falls into the next interval.
   */
  private static final VarHandle REQUESTS;
  private static final VarHandle FAILURES;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      REQUESTS = lookup.findVarHandle(Observer.class, "requests", long.class);
      FAILURES = lookup.findVarHandle(Observer.class, "failures", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final Suspect<?> suspect;
  private long requests;
  private long failures;

  Observer(Suspect<?> suspect) {
    this.suspect = suspect;
  }

  /**
   * The endpoint answered.
   *
   * @param now the time in nanoseconds
   */
  public void answered(int status, long now) {
    boolean failed = status >= 500;
    count(failed);
    if (failed) {
      suspect.failed(status >= 502 && status <= 504, now);
    } else {
      suspect.succeeded();
    }
  }

  /**
   * It could not be reached, or gave no whole answer.
   *
   * @param now the time in nanoseconds
   */
  public void unanswered(long now) {
    if (!suspect.failedLocally(now)) {
      count(true);
      suspect.failed(true, now);
    }
  }

  private void count(boolean failed) {
    REQUESTS.setOpaque(this, requests + 1);
    if (failed) {
      FAILURES.setOpaque(this, failures + 1);
    }
  }

  /** How many attempts have ended so far, but for local failures that are counted apart. */
  public long requests() {
    return (long) REQUESTS.getOpaque(this);
  }

  /** How many of them have failed. */
  public long failures() {
    return (long) FAILURES.getOpaque(this);
  }
}
