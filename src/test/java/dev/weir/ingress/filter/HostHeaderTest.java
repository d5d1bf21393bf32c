package dev.weir.ingress.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.MultiMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which Host the upstream sees. */
class HostHeaderTest {

  @ParameterizedTest
  @CsvSource({
    "preserve, a.test:81, a.test:81",
    "inner.test:80, a.test, inner.test:80",
    "Upstream, a.test, Upstream"
  })
  void rule(String rule, String sent, String seen) {
    MultiMap headers = Heads.of("Host: " + sent);
    HostHeader host = HostHeader.of(rule);
    host.apply(headers, sent);
    assertThat(headers.getAll("host")).containsExactly(seen);
    assertThat(host.fromEndpoint()).isFalse();
  }

  @Test
  void authorityOfAnAbsoluteTargetIsTheHost() {
    MultiMap headers = Heads.of("Host: victim.test");
    HostHeader.of("preserve").apply(headers, "other.test");
    assertThat(headers.getAll("host")).containsExactly("other.test");
  }

  @Test
  void literalIsWrittenEvenIfTheClientNamedNoHost() {
    MultiMap headers = Heads.of();
    HostHeader.of("inner.test").apply(headers, null);
    assertThat(headers.getAll("host")).containsExactly("inner.test");
  }

  @Test
  void preserveAddsNothing() {
    MultiMap headers = Heads.of();
    HostHeader.of("preserve").apply(headers, null);
    assertThat(headers.contains("host")).isFalse();
  }

  @Test
  void endpointIsKnownLater() {
    assertThat(HostHeader.of("upstream").fromEndpoint()).isTrue();
  }
}
