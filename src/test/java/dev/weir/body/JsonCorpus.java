package dev.weir.body;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** The texts of {@code json/must-accept.txt} and {@code json/must-reject.txt}. */
final class JsonCorpus {

  private JsonCorpus() {}

  /** A text and what it is called. */
  record Case(String name, byte[] text) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Case> mustAccept() {
    return read("/json/must-accept.txt");
  }

  static List<Case> mustReject() {
    return read("/json/must-reject.txt");
  }

  private static List<Case> read(String resource) {
    try (InputStream in = JsonCorpus.class.getResourceAsStream(resource)) {
      String text = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
      return Arrays.stream(text.split("\n"))
          .filter(line -> !line.startsWith("#"))
          .map(JsonCorpus::parse)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Case parse(String line) {
    int space = line.indexOf(' ');
    String name = space < 0 ? line : line.substring(0, space);
    return new Case(name, text(space < 0 ? "" : line.substring(space + 1)));
  }

  private static byte[] text(String spelled) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < spelled.length(); i++) {
      if (spelled.charAt(i) != '~') {
        out.write(spelled.charAt(i));
      } else if (spelled.charAt(i + 1) == '(') {
        int close = spelled.indexOf(')', i);
        int star = spelled.indexOf('*', i);
        int times = Integer.parseInt(spelled, i + 2, star, 10);
        out.writeBytes(Feeding.bytes(spelled.substring(star + 1, close).repeat(times)));
        i = close;
      } else {
        out.write(Integer.parseInt(spelled, i + 1, i + 3, 16));
        i += 2;
      }
    }
    return out.toByteArray();
  }
}
