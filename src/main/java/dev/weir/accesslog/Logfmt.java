package dev.weir.accesslog;

/**
 * Lines of {@code key=value}. A value with anything but plain visible characters stands in quotes,
 * escaped as in JSON, which is how the readers of logfmt take quotes off.
 */
final class Logfmt extends LineFormat {

  Logfmt() {
    super("ts=", "", " ", "=", "\n");
  }

  @Override
  void value(String text, LineBuffer out) {
    if (isPlain(text)) {
      out.plain(text);
    } else {
      out.quoted(text);
    }
  }

  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c <= ' ' || c >= 0x7f || c == '"' || c == '=' || c == '\\') {
        return false;
      }
    }
    return !text.isEmpty();
  }
}
