package dev.weir.body;

/** Finds the parameters of a {@code Content-Type} (RFC 9110 section 5.6.6). */
final class Parameters {

  private final String text;
  private int at;

  private Parameters(String text) {
    this.text = text;
  }

  /** The value of a parameter; {@code null} when it is missing, malformed or there twice. */
  static String find(String type, String name) {
    return new Parameters(type).find(name);
  }

  private String find(String name) {
    String found = null;
    at = text.indexOf(';');
    while (at >= 0 && at < text.length()) {
      skip(";");
      int start = at;
      while (at < text.length() && "=;".indexOf(text.charAt(at)) < 0) {
        at++;
      }
      String key = text.substring(start, at);
      String value = at < text.length() && text.charAt(at) == '=' ? value() : null;
      if (key.equalsIgnoreCase(name)) {
        if (value == null || found != null) {
          return null;
        }
        found = value;
      }
    }
    return found;
  }

  private void skip(String others) {
    while (at < text.length() && (isSpace(at) || others.indexOf(text.charAt(at)) >= 0)) {
      at++;
    }
  }

  private boolean isSpace(int i) {
    return text.charAt(i) == ' ' || text.charAt(i) == '\t';
  }

  private String value() {
    at++;
    return at < text.length() && text.charAt(at) == '"' ? quoted() : token();
  }

  private String token() {
    int start = at;
    int semicolon = text.indexOf(';', at);
    at = semicolon < 0 ? text.length() : semicolon;
    return text.substring(start, at).strip();
  }

  /** {@code null} when the closing quote is missing, or something stands behind it. */
  private String quoted() {
    StringBuilder value = new StringBuilder();
    at++;
    while (at < text.length() && text.charAt(at) != '"') {
      if (text.charAt(at) == '\\' && at + 1 < text.length()) {
        at++;
      }
      value.append(text.charAt(at++));
    }
    boolean closed = at < text.length();
    at++;
    skip("");
    return closed && (at >= text.length() || text.charAt(at) == ';') ? value.toString() : null;
  }
}
