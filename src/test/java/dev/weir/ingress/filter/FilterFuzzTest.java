package dev.weir.ingress.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.NetUtil;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Random input of the worst characters: nothing throws, and what passes means the same to another
 * parser.
 */
class FilterFuzzTest {

  private static final int ROUNDS = 50_000;
  private static final String[] PATH = {
    "/", "/", ".", ".", "a", "%2e", "%2E", "%2f", "%5c", "%00", "%", "%4", "%41", "%25", ";", "?",
    "#", "\\", " ", "\u00e9", "\t"
  };
  private static final String[] HOST = {
    "a", "a", ".", "1", "80", ":", ":", "[", "]", "::1", "@", ",", "/", "%41", "%", "-", " ", "\\",
    "\u00e9", "65536"
  };
  private static final String[] CHAIN = {
    "10.0.0.1",
    "10.0.0.2",
    "1.2.3.4",
    "::1",
    "fd00::1",
    "[",
    "]",
    ":80",
    ":",
    ",",
    ",",
    " ",
    "%eth0",
    "\"",
    ";",
    "unknown"
  };
  private static final String[] CONNECTION = {
    "close",
    "keep-alive",
    "x-a",
    "host",
    "content-length",
    "X-Forwarded-For",
    ",",
    ",",
    " ",
    "\t",
    ";"
  };

  private final Random random = new Random(42);

  private String pick(String[] parts) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(12); i >= 0; i--) {
      text.append(parts[random.nextInt(parts.length)]);
    }
    return text.toString();
  }

  @Test
  void pathThatPassesHasOneReading() {
    int passed = 0;
    for (int i = 0; i < ROUNDS; i++) {
      String target = "/" + pick(PATH);
      if (Target.check(target) == null) {
        passed++;
        String path = target.split("\\?", 2)[0];
        String decoded = URLDecoder.decode(path.replace("+", "%2b"), StandardCharsets.UTF_8);
        assertThat(decoded).as(target).doesNotContain("\\", "\u0000");
        assertThat(count(decoded)).as(target).isEqualTo(count(path));
        for (String segment : decoded.split("/")) {
          assertThat(segment.split(";", 2)[0]).as(target).isNotIn(".", "..");
        }
      }
    }
    assertThat(passed).isBetween(ROUNDS / 100, ROUNDS / 2);
  }

  private static long count(String path) {
    return path.chars().filter(c -> c == '/').count();
  }

  @Test
  void hostThatPassesIsAHostToOthers() throws URISyntaxException {
    int passed = 0;
    for (int i = 0; i < ROUNDS; i++) {
      String host = pick(HOST);
      if (Authority.isValid(host)) {
        passed++;
        URI uri = new URI("http://" + host + "/");
        assertThat(uri.getRawAuthority()).isEqualTo(host);
        assertThat(uri.getRawUserInfo()).isNull();
        assertThat(uri.getRawPath()).isEqualTo("/");
      }
    }
    assertThat(passed).isBetween(ROUNDS / 100, ROUNDS / 2);
  }

  @Test
  void chainHasOnlyAddressesAndOnlyTheFirstIsNotTrusted() {
    TrustedProxies trusted = new TrustedProxies(List.of("10.0.0.0/8", "fd00::/8"));
    ForwardedHeaders forwarded = new ForwardedHeaders(trusted, "10.0.0.9", "http", 8080);
    for (int i = 0; i < ROUNDS; i++) {
      MultiMap headers = Heads.of("X-Forwarded-For: " + pick(CHAIN));
      String client = forwarded.apply(headers, "a.test", Claims.OPEN);
      String[] chain = headers.get("x-forwarded-for").split(", ");
      assertThat(chain[0]).isEqualTo(client);
      assertThat(chain[chain.length - 1]).isEqualTo("10.0.0.9");
      for (String address : chain) {
        assertThat(NetUtil.createByteArrayFromIpAddressString(address)).isNotNull();
        assertThat(address.equals(client) || trusted.contains(address)).isTrue();
      }
      assertThat(headers.get("forwarded").split(", ")).hasSameSizeAs(chain);
    }
  }

  @Test
  void connectionNeverTakesAwayWhatCarriesWeight() {
    for (int i = 0; i < ROUNDS; i++) {
      String connection = pick(CONNECTION);
      MultiMap headers =
          Heads.of(
              "Connection: " + connection,
              "Host: a",
              "Content-Length: 1",
              "X-Forwarded-For: 1.2.3.4",
              "X-A: 1");
      boolean close = HopByHop.stripRequest(headers, HttpVersion.HTTP_1_1);
      List<String> names = List.of(connection.split("[, \t]*,[, \t]*"));
      assertThat(close).isEqualTo(names.stream().map(String::trim).anyMatch("close"::equals));
      assertThat(headers.contains("x-a"))
          .isEqualTo(names.stream().map(String::trim).noneMatch("x-a"::equals));
      assertThat(Heads.lines(headers))
          .contains("host: a", "content-length: 1", "x-forwarded-for: 1.2.3.4");
    }
  }

  @Test
  void requestThatPassesHasAHostAndATarget() {
    RequestCheck check = new RequestCheck(10);
    for (int i = 0; i < ROUNDS; i++) {
      String uri =
          (random.nextBoolean() ? "http://" : "") + pick(random.nextBoolean() ? HOST : PATH);
      MultiMap headers = Heads.of("Host: " + pick(HOST));
      if (check.check(HttpMethod.GET, HttpVersion.HTTP_1_1, uri, headers) == null) {
        assertThat(check.target()).startsWith("/");
        assertThat(Authority.isValid(check.host())).isTrue();
      }
    }
  }
}
