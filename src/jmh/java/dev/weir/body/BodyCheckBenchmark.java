package dev.weir.body;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.async.ByteArrayFeeder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What it costs to look into a body of 1 KiB, from making the check to the end of the body.
 *
 * <p>To run: {@code mvn -q -Pjmh test-compile exec:exec -Djmh=BodyCheck}. {@link #jackson} does the
 * same with Jackson's parser for input that comes in pieces.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class BodyCheckBenchmark {

  private static final int SIZE = 1024;
  private static final JsonFactory JACKSON = new JsonFactory();
  private static final byte[] BOUNDARY = bytes("----WebKitFormBoundaryAbC123xYz");

  private final byte[] json = bytes(order());
  private final byte[] textJson =
      bytes("{\"text\":\"" + fill("Words, words and\\n words. ", SIZE - 11) + "\"}");
  private final byte[] form = bytes(fill("name=J%C3%BCrgen+K.&city=Z%C3%BCrich&", SIZE - 1) + "x");
  private final byte[] ascii = bytes(fill("Plain words, ", SIZE));
  private final byte[] umlauts = bytes(fill("\u00fcber \u20ac \u4e16\u754c ", SIZE / 2));
  private final byte[] multipart = multipart();

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String fill(String piece, int size) {
    return piece.repeat(size / piece.length() + 1).substring(0, size);
  }

  /** What clients of services send: short names, short values, numbers, some nesting. */
  private static String order() {
    StringBuilder order = new StringBuilder("{\"id\":\"a81bc81b\",\"customer\":42,\"items\":[");
    for (int i = 0; order.length() < SIZE - 100; i++) {
      order.append(i == 0 ? "" : ",").append("{\"sku\":\"SKU-").append(1000 + i);
      order.append("\",\"quantity\":").append(i % 7).append(",\"price\":").append(19.95 + i);
      order.append(",\"gift\":").append(i % 2 == 0).append(",\"note\":null}");
    }
    String end = "],\"note\":\"";
    return order + end + "x".repeat(SIZE - order.length() - end.length() - 2) + "\"}";
  }

  private static byte[] multipart() {
    String open = "--" + new String(BOUNDARY, StandardCharsets.US_ASCII);
    String fields = "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\n";
    int rest = SIZE - 2 * open.length() - fields.length() - 4;
    return bytes(open + fields + "x".repeat(rest) + "\r\n" + open + "--");
  }

  private static String look(BodyCheck check, byte[] body) {
    int at = check.feed(body, 0, body.length);
    return at == body.length ? check.missing() : check.problem();
  }

  @Benchmark
  public String json() {
    return look(new JsonCheck(128, 0), json);
  }

  @Benchmark
  public String jsonOfOneString() {
    return look(new JsonCheck(128, 0), textJson);
  }

  @Benchmark
  public int jackson() throws IOException {
    return jackson(json);
  }

  @Benchmark
  public int jacksonOfOneString() throws IOException {
    return jackson(textJson);
  }

  private static int jackson(byte[] body) throws IOException {
    try (JsonParser parser = JACKSON.createNonBlockingByteArrayParser()) {
      ByteArrayFeeder feeder = (ByteArrayFeeder) parser.getNonBlockingInputFeeder();
      feeder.feedInput(body, 0, body.length);
      feeder.endOfInput();
      int tokens = 0;
      for (JsonToken next = parser.nextToken(); next != null; next = parser.nextToken()) {
        tokens++;
      }
      return tokens;
    }
  }

  @Benchmark
  public String form() {
    return look(new FormCheck(1000), form);
  }

  @Benchmark
  public String multipartOfOnePart() {
    return look(new MultipartCheck(BOUNDARY, 10, 8192, null), multipart);
  }

  @Benchmark
  public String textOfAscii() {
    return look(new Utf8Check(), ascii);
  }

  @Benchmark
  public String textOfManyScripts() {
    return look(new Utf8Check(), umlauts);
  }
}
