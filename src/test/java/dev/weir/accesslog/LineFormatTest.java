package dev.weir.accesslog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.config.AccessLogConfig;
import org.junit.jupiter.api.Test;

class LineFormatTest {

  private final LineFormat logfmt = LineFormat.of(AccessLogConfig.LOGFMT);
  private final LineFormat json = LineFormat.of(AccessLogConfig.JSON);

  @Test
  void logfmt_everyField() {
    assertThat(Entries.line(logfmt, Entries.full()))
        .isEqualTo(
            "ts=2025-12-31T23:59:59.007Z id=4f2a-01 client=2001:db8::1 method=GET"
                + " host=shop.example.com:8080 path=/orders/7 proto=HTTP/1.1 route=orders"
                + " upstream=orders endpoint=10.0.0.7:9001 status=502 flag=UF detail=reset bytes_in=12"
                + " bytes_out=3000000000 attempts=2 queue_us=0 connect_us=1 first_byte_us=2000"
                + " total_us=61000000\n");
  }

  @Test
  void json_everyField() {
    assertThat(Entries.line(json, Entries.full()))
        .isEqualTo(
            "{\"ts\":\"2025-12-31T23:59:59.007Z\",\"id\":\"4f2a-01\",\"client\":\"2001:db8::1\","
                + "\"method\":\"GET\",\"host\":\"shop.example.com:8080\",\"path\":\"/orders/7\","
                + "\"proto\":\"HTTP/1.1\",\"route\":\"orders\",\"upstream\":\"orders\","
                + "\"endpoint\":\"10.0.0.7:9001\",\"status\":502,\"flag\":\"UF\",\"detail\":\"reset\",\"bytes_in\":12,"
                + "\"bytes_out\":3000000000,\"attempts\":2,\"queue_us\":0,\"connect_us\":1,"
                + "\"first_byte_us\":2000,\"total_us\":61000000}\n");
  }

  @Test
  void bothFormats_leaveOutWhatIsAbsent() {
    AccessEntry empty = new AccessEntry();

    assertThat(Entries.line(logfmt, empty))
        .isEqualTo("ts=1970-01-01T00:00:00.000Z status=0 bytes_in=0 bytes_out=0 attempts=0\n");
    assertThat(Entries.line(json, empty))
        .isEqualTo(
            "{\"ts\":\"1970-01-01T00:00:00.000Z\",\"status\":0,\"bytes_in\":0,\"bytes_out\":0,"
                + "\"attempts\":0}\n");
  }

  @Test
  void logfmt_quotesOnlyWhatNeedsIt() {
    assertThat(logfmtPath("/a-b_c~1.html?x;y")).isEqualTo("/a-b_c~1.html?x;y");
    assertThat(logfmtPath("")).isEqualTo("\"\"");
    assertThat(logfmtPath("/a?b=c")).isEqualTo("\"/a?b=c\"");
    assertThat(logfmtPath("/a b")).isEqualTo("\"/a b\"");
    assertThat(logfmtPath("\"")).isEqualTo("\"\\\"\"");
    assertThat(logfmtPath("\\")).isEqualTo("\"\\\\\"");
    assertThat(logfmtPath("\u007f")).isEqualTo("\"\\u007f\"");
    assertThat(logfmtPath("/ä")).isEqualTo("\"/\\u00e4\"");
  }

  @Test
  void aForgedLine_staysInsideItsValue() {
    String attack = "/x\r\nts=2026-01-01T00:00:00.000Z status=200\u2028\u0085\0\u001b[2J";
    String escaped =
        "\"/x\\r\\nts=2026-01-01T00:00:00.000Z status=200\\u2028\\u0085\\u0000\\u001b[2J\"";

    assertThat(logfmtPath(attack)).isEqualTo(escaped);
    assertThat(jsonPath(attack)).isEqualTo(escaped);
  }

  @Test
  void surrogates_pairsStay_loneOnesAreReplaced() {
    assertThat(jsonPath("\ud83d\ude00")).isEqualTo("\"\\ud83d\\ude00\"");
    assertThat(jsonPath("\ud83d")).isEqualTo("\"\\ufffd\"");
    assertThat(jsonPath("\ude00\ud83d")).isEqualTo("\"\\ufffd\\ufffd\"");
    assertThat(jsonPath("\ud83d\ud83d\ude00\ude00")).isEqualTo("\"\\ufffd\\ud83d\\ude00\\ufffd\"");
    assertThat(jsonPath("a\ud83db")).isEqualTo("\"a\\ufffdb\"");
  }

  private String logfmtPath(String target) {
    return value(logfmt, target, " path=", " status=");
  }

  private String jsonPath(String target) {
    return value(json, target, ",\"path\":", ",\"status\":");
  }

  private static String value(LineFormat format, String target, String before, String after) {
    AccessEntry entry = new AccessEntry();
    entry.target = target;
    String line = Entries.line(format, entry);
    return line.substring(line.indexOf(before) + before.length(), line.lastIndexOf(after));
  }
}
