package dev.weir.accesslog;

/** One JSON object a line. */
final class JsonLines extends LineFormat {

  JsonLines() {
    super("{\"ts\":\"", "\"", ",\"", "\":", "}\n");
  }

  @Override
  void value(String text, LineBuffer out) {
    out.quoted(text);
  }
}
