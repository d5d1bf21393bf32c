package dev.weir.ingress.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the gateway signs a message. */
class ViaTest {

  @ParameterizedTest
  @CsvSource({"HTTP_1_0, 1.0 weir", "HTTP_1_1, 1.1 weir", "HTTP_2, 2.0 weir"})
  void versionIsTheOneInWhichTheMessageCame(HttpVersion version, String via) {
    MultiMap headers = Heads.of();
    Via.add(headers, version);
    assertThat(Heads.lines(headers)).containsExactly("via: " + via);
  }

  @Test
  void earlierProxiesComeFirst() {
    MultiMap headers = Heads.of("Via: 1.0 a, 1.1 b (c)", "via: 2 d");
    Via.add(headers, HttpVersion.HTTP_1_1);
    assertThat(Heads.lines(headers)).containsExactly("via: 1.0 a, 1.1 b (c), 2 d, 1.1 weir");
  }
}
