package dev.weir.metrics;

import java.util.List;

/** What one lane counts of the balancing of one upstream. Only for the lane's event loop. */
public final class BalancerMetrics extends Cells {

  /** Why there was no endpoint, in the order of the cells. */
  static final List<String> NONE_REASONS = List.of("unusable", "tried");

  /** What became of affinity cookies, in the order of the cells. */
  static final List<String> AFFINITY_RESULTS = List.of("kept", "assigned");

  /** What became of questions to a verticle, in the order of the cells. */
  static final List<String> REMOTE_RESULTS = List.of("picked", "unanswered", "unusable");

  static final int NONE = 0;
  static final int AFFINITY = NONE + 2;
  static final int REMOTE = AFFINITY + 2;
  static final int SHADOW_AGREED = REMOTE + 3;
  static final int SHADOW_DISAGREED = SHADOW_AGREED + 1;
  static final int PANIC = SHADOW_DISAGREED + 1;
  private static final int SIZE = PANIC + 1;

  private boolean panic;

  BalancerMetrics() {
    super(SIZE);
  }

  /** There was no endpoint for an attempt: none is usable, or all that are were tried. */
  public void none(boolean tried) {
    add(NONE + (tried ? 1 : 0), 1);
  }

  /** A client went where its cookie says, or was given a cookie. */
  public void affinity(boolean kept) {
    add(AFFINITY + (kept ? 0 : 1), 1);
  }

  /** A verticle picked an endpoint. */
  public void remotePicked() {
    add(REMOTE, 1);
  }

  /** A verticle did not answer in time, or nobody was there to ask. */
  public void remoteUnanswered() {
    add(REMOTE + 1, 1);
  }

  /** A verticle answered with what is no endpoint, or with one that may not be used. */
  public void remoteUnusable() {
    add(REMOTE + 2, 1);
  }

  /** The shadow policy decided as the policy did, or not. */
  public void shadow(boolean agreed) {
    add(agreed ? SHADOW_AGREED : SHADOW_DISAGREED, 1);
  }

  /** Whether unhealthy endpoints are in use, from now on. */
  public void panic(boolean panic) {
    if (this.panic != panic) {
      this.panic = panic;
      add(PANIC, panic ? 1 : -1);
    }
  }
}
