package dev.weir.ingress.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which addresses lie in which networks. */
class TrustedProxiesTest {

  @ParameterizedTest
  @CsvSource({
    "10.0.0.1, 10.0.0.1, true",
    "10.0.0.1, 10.0.0.2, false",
    "10.0.0.0/8, 10.255.255.255, true",
    "10.0.0.0/8, 11.0.0.0, false",
    "10.1.2.3/8, 10.9.9.9, true",
    "192.168.4.0/22, 192.168.7.255, true",
    "192.168.4.0/22, 192.168.8.0, false",
    "192.168.4.0/22, 192.168.3.255, false",
    "10.0.0.128/25, 10.0.0.127, false",
    "10.0.0.128/25, 10.0.0.128, true",
    "0.0.0.0/0, 255.255.255.255, true",
    "0.0.0.0/0, ::1, false",
    "10.0.0.1/32, 10.0.0.1, true",
    "10.0.0.1/32, 10.0.0.0, false",
    "::1, ::1, true",
    "::1, 0:0:0:0:0:0:0:1, true",
    "::1, ::2, false",
    "fd00::/8, fdff::1, true",
    "fd00::/8, fe00::1, false",
    "2001:db8::/33, 2001:db8:7fff::, true",
    "2001:db8::/33, 2001:db8:8000::, false",
    "::/0, ::1, true",
    "::/0, 10.0.0.1, false",
    "10.0.0.0/8, ::ffff:10.0.0.1, true",
    "10.0.0.0/8, ::ffff:a00:1, true",
    "10.0.0.0/8, 1::ffff:a00:1, false",
    "10.0.0.0/8, ::1:ffff:a00:1, false",
    "::ffff:10.0.0.1, 10.0.0.1, true",
    "::ffff:10.0.0.0/104, 10.9.9.9, true",
    "::ffff:10.0.0.0/104, 11.0.0.0, false",
    "::ffff:10.0.0.1/128, ::ffff:10.0.0.1, true",
    "::ffff:10.0.0.1/128, 10.0.0.2, false"
  })
  void contains(String network, String address, boolean contained) {
    assertThat(new TrustedProxies(List.of(network)).contains(address)).isEqualTo(contained);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "localhost",
        "10.0.0",
        "10.0.0.256",
        "10.0.0.1 ",
        "10.0.0.1:80",
        "fe80::1%eth0",
        "[x]",
        "unknown",
        "_hidden",
        "0x0a.0.0.1",
        "167772161"
      })
  void whatIsNoAddressIsInNoNetwork(String text) {
    assertThat(new TrustedProxies(List.of("0.0.0.0/0", "::/0")).contains(text)).isFalse();
  }

  @Test
  void anyOfSeveralNetworksWillDo() {
    TrustedProxies proxies = new TrustedProxies(List.of("10.0.0.0/8", "::1", "192.168.0.0/16"));
    assertThat(proxies.contains("192.168.3.4")).isTrue();
    assertThat(proxies.contains("::1")).isTrue();
    assertThat(proxies.contains("172.16.0.1")).isFalse();
  }

  @Test
  void noNetworkHasNoAddress() {
    assertThat(new TrustedProxies(List.of()).contains("127.0.0.1")).isFalse();
  }

  @Test
  void networkHasToBeOne() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TrustedProxies(List.of("proxy.test")))
        .withMessage("trustedProxies: proxy.test (expected: a CIDR block)");
  }
}
