package dev.weir.transfer;

/** Which way a transfer goes. */
public enum Direction {
  /** From the client to the upstream. */
  UPLOAD("upload"),
  /** From the upstream to the client. */
  DOWNLOAD("download");

  private final String label;

  Direction(String label) {
    this.label = label;
  }

  /** What it is called in JSON. */
  public String label() {
    return label;
  }
}
