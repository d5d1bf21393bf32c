package dev.weir.metrics;

/** The classes by which statuses are counted. */
final class StatusClass {

  private static final String[] NAMES = {"1xx", "2xx", "3xx", "4xx", "5xx", "other"};

  /** How many classes there are, and so how many cells they take. */
  static final int COUNT = NAMES.length;

  private static final int OTHER = COUNT - 1;

  private StatusClass() {}

  /** The class of any number that stands where a status should. */
  static int of(int status) {
    int hundreds = status / 100 - 1;
    return hundreds >= 0 && hundreds < OTHER ? hundreds : OTHER;
  }

  static String name(int statusClass) {
    return NAMES[statusClass];
  }
}
