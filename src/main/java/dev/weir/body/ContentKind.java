package dev.weir.body;

/** What a {@code Content-Type} says of a body, as far as rules differ. */
public enum ContentKind {
  /** {@code application/json}, and whatever ends in {@code +json}. */
  JSON,
  /** {@code application/x-www-form-urlencoded}. */
  FORM,
  /** {@code multipart/form-data}. */
  MULTIPART,
  /** {@code text/*}. */
  TEXT,
  /** Every other type, and none. */
  OTHER;

  private static final String FORM_TYPE = "application/x-www-form-urlencoded";

  /**
   * The kind of a content type, whatever its case and its parameters.
   *
   * @param type the value of the field; {@code null} when there is none
   */
  public static ContentKind of(String type) {
    if (type == null) {
      return OTHER;
    }
    int end = endOfType(type);
    if (is(type, end, "application/json") || endsInJson(type, end)) {
      return JSON;
    }
    if (type.regionMatches(true, 0, "text/", 0, 5)) {
      return TEXT;
    }
    if (is(type, end, FORM_TYPE)) {
      return FORM;
    }
    return is(type, end, "multipart/form-data") ? MULTIPART : OTHER;
  }

  private static int endOfType(String type) {
    int semicolon = type.indexOf(';');
    int end = semicolon < 0 ? type.length() : semicolon;
    while (end > 0 && type.charAt(end - 1) <= ' ') {
      end--;
    }
    return end;
  }

  private static boolean is(String type, int end, String name) {
    return end == name.length() && type.regionMatches(true, 0, name, 0, end);
  }

  private static boolean endsInJson(String type, int end) {
    return end > 5 && type.regionMatches(true, end - 5, "+json", 0, 5);
  }
}
