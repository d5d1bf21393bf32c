package dev.weir.balancer.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientKeyTest {

  @ParameterizedTest
  @CsvSource({
    "10.0.0.7, ::ffff:10.0.0.7",
    "10.0.0.7, ::ffff:a00:7",
    "10.0.0.7, 0:0:0:0:0:ffff:10.0.0.7",
    "2001:db8:1:2::1, 2001:db8:1:2:ffff:ffff:ffff:ffff",
    "2001:db8:1:2::1, 2001:DB8:1:2:0:0:0:1",
    "2001:db8:1:2::1, 2001:0db8:0001:0002::",
    "2001:db8::1, 2001:db8:0:0:1::",
    "fe80::1%eth0, fe80::2%eth1",
    "::1, 0:0:0:0:0:0:0:1",
    "1:2:3:4::, 1:2:3:4:5:6:7:8",
    "1::5:6:7:8, 1:0:0:0::",
    "::4:5:6:7:8, 0:0:0:4::",
  })
  void of_isTheSameForOneClient(String one, String other) {
    assertThat(ClientKey.of(one)).isEqualTo(ClientKey.of(other));
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.7, 10.0.0.8",
    "10.0.0.7, 7.0.0.10",
    "1.23.4.5, 12.3.4.5",
    "2001:db8:1:2::1, 2001:db8:1:3::1",
    "1::, ::1",
    "::2:0:0:0:0, ::1:0:0:0:0",
    "::ffff:10.0.0.7, ::ffff:10.0.0.8",
  })
  void of_differsBetweenClients(String one, String other) {
    assertThat(ClientKey.of(one)).isNotEqualTo(ClientKey.of(other));
  }

  @Test
  void of_goesByTheFirstHalfHoweverTheAddressIsWritten() throws Exception {
    Random random = new Random(11);
    Set<Long> keys = new HashSet<>();
    for (int i = 0; i < 10_000; i++) {
      byte[] bytes = new byte[16];
      random.nextBytes(bytes);
      String full = InetAddress.getByAddress(bytes).getHostAddress();
      String[] groups = full.split(":");
      String network = String.join(":", groups[0], groups[1], groups[2], groups[3]);
      assertThat(ClientKey.of(full)).as(full).isEqualTo(ClientKey.of(network + "::"));
      keys.add(ClientKey.of(full));
    }
    assertThat(keys).hasSize(10_000);
  }

  @Test
  void of_neverFailsWhateverTheText() {
    for (String text :
        new String[] {"", ":", "::", ":::", "%", "unknown", "1:2", ".", "::%", "x::"}) {
      assertThat(ClientKey.of(text)).isEqualTo(ClientKey.of(text));
    }
  }
}
