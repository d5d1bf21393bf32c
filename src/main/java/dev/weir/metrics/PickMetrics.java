package dev.weir.metrics;

/** How often one lane picked one endpoint. Only for the lane's event loop. */
public final class PickMetrics extends Cells {

  static final int PICKS = 0;
  static final int SHADOW = 1;

  PickMetrics() {
    super(2);
  }

  /** The endpoint was picked. */
  public void picked() {
    add(PICKS, 1);
  }

  /** The shadow policy would have picked it. */
  public void shadowed() {
    add(SHADOW, 1);
  }
}
