package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.vertx.core.json.JsonArray;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the gateway tells each side about the other: Via, X-Request-Id, X-Forwarded-*, Forwarded.
 */
class ForwardedIT extends ScaledSuite implements AlsoRemote {
  private static final String[] CLAIMS = {
    "X-Forwarded-For: 203.0.113.7",
    "X-Forwarded-Proto: https",
    "X-Forwarded-Host: shop.example.com",
    "X-Forwarded-Port: 443",
    "Forwarded: for=203.0.113.7;proto=https;host=shop.example.com"
  };

  private RawRequest sent(GatewayConfig config, ScriptedUpstream upstream, String... headers)
      throws Exception {
    gateway(config);
    assertThat(client().get("/", headers).status()).isEqualTo(200);
    return upstream.take();
  }

  @Test
  void forwardedFieldsDescribeTheConnection() throws Exception {
    ScriptedUpstream upstream = upstream((request, c) -> c.reply(200, ""));
    Gateway gateway = gateway(upstream);
    client().get("/", "Host: shop.example.com:8443");
    Fields headers = upstream.take().headers();
    assertThat(headers.all("x-forwarded-for")).containsExactly("127.0.0.1");
    assertThat(headers.all("x-forwarded-proto")).containsExactly("http");
    assertThat(headers.all("x-forwarded-host")).containsExactly("shop.example.com:8443");
    assertThat(headers.all("x-forwarded-port")).containsExactly(String.valueOf(gateway.port()));
    assertThat(headers.single("forwarded"))
        .contains("for=127.0.0.1", "proto=http", "host=\"shop.example.com:8443\"");
  }

  @Test
  void addressOfVersion6IsWrittenAsItsFieldsWantIt() throws Exception {
    assumeThat(Ports.version6IsThere()).isTrue();
    ScriptedUpstream upstream = upstream((request, c) -> c.reply(200, ""));
    Gateway gateway = gateway(GatewayConfig.to(upstream).listener("host", "::1"));
    try (RawClient client = RawClient.connect(InetAddress.getByName("::1"), gateway.port())) {
      assertThat(client.get("/").status()).isEqualTo(200);
    }
    Fields headers = upstream.take().headers();
    assertThat(headers.all("x-forwarded-for")).containsExactly("::1");
    assertThat(headers.single("forwarded")).contains("for=\"[::1]\"");
  }

  @Test
  void claimsOfAnUntrustedClientAreDropped() throws Exception {
    ScriptedUpstream upstream = upstream((request, c) -> c.reply(200, ""));
    Fields headers = sent(GatewayConfig.to(upstream), upstream, CLAIMS).headers();
    assertThat(headers.all("x-forwarded-for")).containsExactly("127.0.0.1");
    assertThat(headers.all("x-forwarded-proto")).containsExactly("http");
    assertThat(headers.all("x-forwarded-host")).containsExactly("weir.test");
    assertThat(headers.all("x-forwarded-port")).doesNotContain("443");
    assertThat(headers.single("forwarded")).doesNotContain("203.0.113.7", "https", "shop");
  }

  @Test
  void claimsOfATrustedProxyAreKeptAndExtended() throws Exception {
    ScriptedUpstream upstream = upstream((request, c) -> c.reply(200, ""));
    GatewayConfig config =
        GatewayConfig.to(upstream).with("/trustedProxies", new JsonArray().add("127.0.0.0/8"));
    Fields headers = sent(config, upstream, CLAIMS).headers();
    assertThat(headers.elements("x-forwarded-for")).containsExactly("203.0.113.7", "127.0.0.1");
    assertThat(headers.all("x-forwarded-proto")).containsExactly("https");
    assertThat(headers.all("x-forwarded-host")).containsExactly("shop.example.com");
    assertThat(headers.all("x-forwarded-port")).containsExactly("443");
    assertThat(headers.elements("forwarded")).hasSize(2);
    assertThat(headers.elements("forwarded").get(0)).contains("for=203.0.113.7");
    assertThat(headers.elements("forwarded").get(1)).contains("for=127.0.0.1");
  }

  @Test
  void chainIsTrustedOnlyAsFarAsTheListReaches() throws Exception {
    ScriptedUpstream upstream = upstream((request, c) -> c.reply(200, ""));
    GatewayConfig config =
        GatewayConfig.to(upstream).with("/trustedProxies", new JsonArray().add("127.0.0.1"));
    Fields headers =
        sent(config, upstream, "X-Forwarded-For: 10.6.6.6, 198.51.100.9, 127.0.0.1").headers();
    assertThat(headers.elements("x-forwarded-for"))
        .endsWith("198.51.100.9", "127.0.0.1", "127.0.0.1")
        .doesNotContain("10.6.6.6");
  }

  @Test
  void viaNamesTheGatewayToBothSides() throws Exception {
    ScriptedUpstream upstream = upstream((request, c) -> c.reply(200, "", "Via: 1.0 inner"));
    gateway(upstream);
    RawResponse response = client().get("/", "Via: 1.0 outer");
    assertThat(upstream.take().headers().elements("via"))
        .hasSize(2)
        .startsWith("1.0 outer")
        .last()
        .asString()
        .startsWith("1.1 ");
    assertThat(response.headers().elements("via"))
        .hasSize(2)
        .startsWith("1.0 inner")
        .last()
        .asString()
        .startsWith("1.1 ");
  }

  @Test
  void requestIdOfTheClientIsKept() throws Exception {
    ScriptedUpstream upstream = upstream((request, c) -> c.reply(200, ""));
    String id = "4bf92f35-77b3-4da6.A_1";
    RawRequest request = sent(GatewayConfig.to(upstream), upstream, "X-Request-Id: " + id);
    assertThat(request.headers().all("x-request-id")).containsExactly(id);
  }

  @Test
  void requestIdIsMadeWhenThereIsNone() throws Exception {
    ScriptedUpstream upstream = upstream((request, c) -> c.reply(200, ""));
    gateway(upstream);
    RawClient client = client();
    client.get("/");
    client.get("/");
    String first = upstream.take().headers().single("x-request-id");
    String second = upstream.take().headers().single("x-request-id");
    assertThat(first).matches("[0-9A-Za-z._-]{8,}").isNotEqualTo(second);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "{jndi:x}", "", "\u00e9"})
  void requestIdThatIsNotWellFormedIsReplaced(String id) throws Exception {
    ScriptedUpstream upstream = upstream((request, c) -> c.reply(200, ""));
    RawRequest request = sent(GatewayConfig.to(upstream), upstream, "X-Request-Id: " + id);
    assertThat(request.headers().single("x-request-id"))
        .matches("[0-9A-Za-z._-]{8,}")
        .isNotEqualTo(id);
  }

  @Test
  void hostIsPreservedUnlessTheRouteSaysOtherwise() throws Exception {
    ScriptedUpstream upstream = upstream((request, c) -> c.reply(200, ""));
    RawRequest kept = sent(GatewayConfig.to(upstream), upstream, "Host: a.test:81");
    assertThat(kept.headers().single("host")).isEqualTo("a.test:81");
    GatewayConfig own = GatewayConfig.to(upstream).route("hostHeader", "upstream");
    assertThat(sent(own, upstream, "Host: a.test:81").headers().single("host"))
        .isEqualTo("127.0.0.1:" + upstream.port());
    GatewayConfig literal = GatewayConfig.to(upstream).route("hostHeader", "inner.test");
    assertThat(sent(literal, upstream, "Host: a.test:81").headers().single("host"))
        .isEqualTo("inner.test");
  }

  @ParameterizedTest
  @CsvSource({"preserve,", "upstream,", "inner.test,inner.test"})
  void clientOfHttp10WithoutHost_routeThatNamesOneHasItsWay(String rule, String named)
      throws Exception {
    ScriptedUpstream upstream = upstream((request, c) -> c.reply(200, ""));
    gateway(GatewayConfig.to(upstream).route("hostHeader", rule));
    RawClient client = client();
    client.head("GET / HTTP/1.0");
    assertThat(client.read().status()).isEqualTo(200);
    String host = named == null ? "127.0.0.1:" + upstream.port() : named;
    assertThat(upstream.take().headers().single("host")).isEqualTo(host);
  }
}
