package dev.weir.ingress.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.MultiMap;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What upstreams are told of where a request comes from. */
class ForwardedHeadersTest {

  private static final TrustedProxies NOBODY = new TrustedProxies(List.of());
  private static final TrustedProxies TEN = new TrustedProxies(List.of("10.0.0.0/8", "fd00::/8"));

  private static ForwardedHeaders peer(TrustedProxies trusted, String address) {
    return new ForwardedHeaders(trusted, address, "http", 8080);
  }

  private static String apply(ForwardedHeaders forwarded, MultiMap headers, String host) {
    HeadFields fields = new HeadFields();
    fields.read(headers);
    return forwarded.apply(headers, host, fields.claims);
  }

  private static MultiMap fromTrusted(String... lines) {
    MultiMap headers = Heads.of(lines);
    apply(peer(TEN, "10.0.0.9"), headers, "a.test");
    return headers;
  }

  @Test
  void fieldsDescribeTheConnection() {
    MultiMap headers = Heads.of("Host: a.test", "Accept: */*");
    assertThat(apply(peer(NOBODY, "192.0.2.1"), headers, "a.test")).isEqualTo("192.0.2.1");
    assertThat(Heads.lines(headers))
        .containsExactly(
            "host: a.test",
            "accept: */*",
            "x-forwarded-for: 192.0.2.1",
            "x-forwarded-proto: http",
            "x-forwarded-port: 8080",
            "x-forwarded-host: a.test",
            "forwarded: for=192.0.2.1;host=a.test;proto=http");
  }

  @Test
  void requestsOfOneConnectionMayAskForDifferentHosts() {
    ForwardedHeaders forwarded = peer(NOBODY, "192.0.2.1");
    for (String host : List.of("a.test", "a.test", "b.test", "a.test")) {
      MultiMap headers = Heads.of("Host: " + host);
      apply(forwarded, headers, host);
      assertThat(headers.get("x-forwarded-host")).isEqualTo(host);
      assertThat(headers.get("forwarded")).isEqualTo("for=192.0.2.1;host=" + host + ";proto=http");
    }
  }

  @Test
  void clientWithoutHostNamesNone() {
    ForwardedHeaders forwarded = peer(NOBODY, "192.0.2.1");
    for (int i = 0; i < 2; i++) {
      MultiMap headers = Heads.of("X-Forwarded-Host: evil.test");
      apply(forwarded, headers, null);
      assertThat(headers.contains("x-forwarded-host")).isFalse();
      assertThat(headers.get("forwarded")).isEqualTo("for=192.0.2.1;proto=http");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "192.0.2.1 | a.test | for=192.0.2.1;host=a.test;proto=http",
        "192.0.2.1 | a.test:80 | for=192.0.2.1;host=\"a.test:80\";proto=http",
        "192.0.2.1 | [::1] | for=192.0.2.1;host=\"[::1]\";proto=http",
        "192.0.2.1 | a(b)=c | for=192.0.2.1;host=\"a(b)=c\";proto=http",
        "192.0.2.1 | a_b~c!d$e&f'g*h+i | for=192.0.2.1;host=a_b~c!d$e&f'g*h+i;proto=http",
        "192.0.2.1 | 0a.9z-A.Z | for=192.0.2.1;host=0a.9z-A.Z;proto=http",
        "2001:db8::1 | a | for=\"[2001:db8::1]\";host=a;proto=http",
        "0:0:0:0:0:0:0:1 | a | for=\"[::1]\";host=a;proto=http",
        "fe80:0:0:0:0:0:0:1%eth0 | a | for=\"[fe80::1]\";host=a;proto=http",
        "::ffff:192.0.2.1 | a | for=192.0.2.1;host=a;proto=http",
        "/run/weir.sock | a | for=unknown;host=a;proto=http",
        "'' | a | for=unknown;host=a;proto=http"
      })
  void forwardedIsQuotedWhereItHasTo(String address, String host, String expected) {
    MultiMap headers = Heads.of();
    apply(peer(NOBODY, address.equals("''") ? "" : address), headers, host);
    assertThat(headers.get("forwarded")).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-Forwarded-For: 203.0.113.7",
        "x-FORWARDED-for: 203.0.113.7",
        "X-Forwarded-Proto: https",
        "X-Forwarded-Host: evil.test",
        "X-Forwarded-Port: 443",
        "X-Forwarded-Prefix: /evil",
        "X-Forwarded-Ssl: on",
        "X-Forwarded-Client-Cert: By=evil",
        "X-Real-IP: 203.0.113.7",
        "Forwarded: for=203.0.113.7;host=evil.test",
        "X_Forwarded_For: 203.0.113.7",
        "X-Forwarded_Host: evil.test",
        "x_real_ip: 203.0.113.7"
      })
  void claimsOfAnUntrustedPeerAreDropped(String claim) {
    MultiMap headers = Heads.of(claim, "X-Other: a", claim);
    assertThat(apply(peer(TEN, "192.0.2.1"), headers, "a.test")).isEqualTo("192.0.2.1");
    assertThat(Heads.lines(headers))
        .containsExactly(
            "x-other: a",
            "x-forwarded-for: 192.0.2.1",
            "x-forwarded-proto: http",
            "x-forwarded-port: 8080",
            "x-forwarded-host: a.test",
            "forwarded: for=192.0.2.1;host=a.test;proto=http");
  }

  @Test
  void claimsOfATrustedPeerAreKept() {
    MultiMap headers =
        fromTrusted(
            "X-Forwarded-For: 203.0.113.7",
            "X-Forwarded-Proto: https",
            "X-Forwarded-Host: shop.test",
            "X-Forwarded-Port: 443",
            "X-Forwarded-Prefix: /shop",
            "X-Real-IP: 203.0.113.7",
            "Forwarded: for=203.0.113.8");
    assertThat(Heads.lines(headers))
        .containsExactlyInAnyOrder(
            "x-forwarded-for: 203.0.113.7, 10.0.0.9",
            "x-forwarded-proto: https",
            "x-forwarded-host: shop.test",
            "x-forwarded-port: 443",
            "x-forwarded-prefix: /shop",
            "forwarded: for=203.0.113.7;host=shop.test;proto=https, "
                + "for=10.0.0.9;host=a.test;proto=http");
  }

  @Test
  void trustedPeerThatSaysNothingIsTheClient() {
    MultiMap headers = Heads.of("Host: a.test");
    assertThat(apply(peer(TEN, "10.0.0.9"), headers, "a.test")).isEqualTo("10.0.0.9");
    assertThat(headers.get("x-forwarded-for")).isEqualTo("10.0.0.9");
    assertThat(headers.get("forwarded")).isEqualTo("for=10.0.0.9;host=a.test;proto=http");
  }

  @Test
  void trustedPeerThatNamesNoClientIsTheClient() {
    MultiMap headers = fromTrusted("X-Forwarded-Proto: https");
    assertThat(headers.get("x-forwarded-for")).isEqualTo("10.0.0.9");
    assertThat(headers.get("forwarded")).isEqualTo("for=10.0.0.9;host=a.test;proto=https");
  }

  @Test
  void claimsInDisguiseNeverPass() {
    MultiMap headers = fromTrusted("X_Forwarded_For: 203.0.113.7", "X-Forwarded-Proto: https");
    assertThat(headers.contains("x_forwarded_for")).isFalse();
    assertThat(headers.get("x-forwarded-for")).isEqualTo("10.0.0.9");
    assertThat(headers.get("x-forwarded-proto")).isEqualTo("https");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "203.0.113.7 | 203.0.113.7",
        "198.51.100.1, 203.0.113.7 | 203.0.113.7",
        "198.51.100.1,203.0.113.7 | 203.0.113.7",
        "203.0.113.7, 10.1.1.1 | 203.0.113.7, 10.1.1.1",
        "6.6.6.6, 203.0.113.7, 10.1.1.1, 10.2.2.2 | 203.0.113.7, 10.1.1.1, 10.2.2.2",
        "10.1.1.1, 10.2.2.2 | 10.1.1.1, 10.2.2.2",
        "203.0.113.7:4711 | 203.0.113.7",
        "203.0.113.7:0 | 203.0.113.7",
        "[2001:db8::7]:0 | 2001:db8::7",
        "2001:DB8:0::7 | 2001:db8::7",
        "[2001:db8::7] | 2001:db8::7",
        "[2001:db8::7]:4711 | 2001:db8::7",
        "203.0.113.7, fd00::1 | 203.0.113.7, fd00::1",
        "203.0.113.7, ::ffff:10.1.1.1 | 203.0.113.7, 10.1.1.1",
        "203.0.113.7, evil, 10.1.1.1 | 10.1.1.1",
        "203.0.113.7, , 10.1.1.1 | 10.1.1.1"
      })
  void chainIsBelievedFromTheRight(String sent, String kept) {
    MultiMap headers = Heads.of("X-Forwarded-For: " + sent);
    String client = apply(peer(TEN, "10.0.0.9"), headers, "a.test");
    assertThat(headers.getAll("x-forwarded-for")).containsExactly(kept + ", 10.0.0.9");
    assertThat(kept + ",").startsWith(client + ",");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ",",
        "unknown",
        "_hidden",
        "evil.test",
        "203.0.113",
        "203.0.113.7,",
        "203.0.113.7:",
        "203.0.113.7:x",
        "203.0.113.7:80:80",
        "203.0.113.7 x",
        "\"203.0.113.7\"",
        "[203.0.113.7",
        "[2001:db8::7",
        "[2001:db8::7]x",
        "[2001:db8::7]:x",
        "[]",
        "[",
        "2001:db8::7]",
        "fe80::1%eth0",
        "fe80::1%\";proto=https",
        "2001:db8::7;proto=https",
        "for=203.0.113.7"
      })
  void malformedElementsEndTheChain(String sent) {
    MultiMap headers = Heads.of("X-Forwarded-For: 6.6.6.6", "X-Forwarded-For: " + sent);
    assertThat(apply(peer(TEN, "10.0.0.9"), headers, "a.test")).isEqualTo("10.0.0.9");
    assertThat(headers.getAll("x-forwarded-for")).containsExactly("10.0.0.9");
    assertThat(headers.get("forwarded")).isEqualTo("for=10.0.0.9;host=a.test;proto=http");
  }

  @Test
  void lineBeforeAnUntrustedAddressIsNotRead() {
    MultiMap headers = fromTrusted("X-Forwarded-For: 6.6.6.6", "X-Forwarded-For: 203.0.113.7");
    assertThat(headers.getAll("x-forwarded-for")).containsExactly("203.0.113.7, 10.0.0.9");
  }

  @Test
  void linesOfTheChainAreOneList() {
    MultiMap headers =
        fromTrusted("X-Forwarded-For: 6.6.6.6, 203.0.113.7", "x-forwarded-for: 10.1.1.1, 10.2.2.2");
    assertThat(headers.getAll("x-forwarded-for"))
        .containsExactly("203.0.113.7, 10.1.1.1, 10.2.2.2, 10.0.0.9");
    assertThat(headers.get("forwarded"))
        .isEqualTo(
            "for=203.0.113.7, for=10.1.1.1, for=10.2.2.2, "
                + "for=10.0.0.9;host=a.test;proto=http");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Proto: HTTPS | https",
        "Proto: Http | http",
        "Proto: ftp | http",
        "Proto: https, http | http",
        "Host: b.test:8443 | b.test:8443",
        "Host: b.test, c.test | a.test",
        "Host: b.test/x | a.test",
        "Host: user@b.test | a.test",
        "Port: 443 | 443",
        "Port: 0 | 8080",
        "Port: 65536 | 8080",
        "Port: 443, 80 | 8080",
        "Port: x | 8080"
      })
  void claimsOfATrustedPeerAreKeptIfTheyAreWellFormed(String claim, String expected) {
    String field = "x-forwarded-" + claim.substring(0, claim.indexOf(':'));
    MultiMap headers = fromTrusted("X-Forwarded-For: 203.0.113.7", "X-Forwarded-" + claim);
    assertThat(headers.getAll(field)).containsExactly(expected);
  }

  @ParameterizedTest
  @CsvSource({"Proto, https, http", "Host, b.test, a.test", "Port, 443, 8080"})
  void claimsThatAreMadeTwiceAreNotKept(String field, String value, String expected) {
    String line = "X-Forwarded-" + field + ": " + value;
    assertThat(fromTrusted(line, line).getAll("x-forwarded-" + field)).containsExactly(expected);
  }
}
