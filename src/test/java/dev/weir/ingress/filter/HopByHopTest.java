package dev.weir.ingress.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpVersion;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What belongs to one connection and does not cross. */
class HopByHopTest {

  private static boolean strip(MultiMap headers) {
    return HopByHop.stripRequest(headers, HttpVersion.HTTP_1_1);
  }

  private static Set<String> kept() {
    return HopByHop.KEPT;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Connection",
        "Keep-Alive",
        "Proxy-Connection",
        "Proxy-Authorization",
        "Transfer-Encoding",
        "Upgrade",
        "HTTP2-Settings",
        "TE"
      })
  void fieldsOfTheConnectionAreRemovedFromRequests(String name) {
    MultiMap headers = Heads.of("A: 1", name + ": x", "B: 2", name.toUpperCase() + ": y");
    assertThat(strip(headers)).isFalse();
    assertThat(Heads.lines(headers)).doesNotContain(name).contains("a: 1", "b: 2");
    assertThat(headers.contains(name)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Connection",
        "Keep-Alive",
        "Proxy-Connection",
        "Proxy-Authenticate",
        "Transfer-Encoding",
        "Upgrade"
      })
  void fieldsOfTheConnectionAreRemovedFromResponses(String name) {
    MultiMap headers = Heads.of("A: 1", name + ": x", "B: 2", name + ": y");
    HopByHop.stripResponse(headers);
    assertThat(Heads.lines(headers)).containsExactly("a: 1", "b: 2");
  }

  @Test
  void otherFieldsStay() {
    MultiMap headers = Heads.of("Host: a", "Trailer: X-Sum", "WWW-Authenticate: x", "Te-X: y");
    strip(headers);
    HopByHop.stripResponse(headers);
    assertThat(headers.size()).isEqualTo(4);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "trailers | true",
        "Trailers | true",
        "gzip, trailers | true",
        "gzip;q=0.5,\ttrailers | true",
        "gzip | false",
        "x-trailers | false",
        "trailersx | false"
      })
  void trailersAreStillAskedFor(String te, boolean asked) {
    MultiMap headers = Heads.of("TE: " + te, "Connection: TE");
    strip(headers);
    assertThat(headers.getAll("te")).isEqualTo(asked ? List.of("trailers") : List.of());
  }

  @Test
  void trailersAreFoundOnAnyLine() {
    MultiMap headers = Heads.of("TE: gzip", "TE: trailers");
    strip(headers);
    assertThat(headers.getAll("te")).containsExactly("trailers");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-Hop",
        "x-hop",
        "X-HOP",
        "close, X-Hop",
        "X-Hop,close",
        "keep-alive ,\tX-hop",
        ",,X-Hop,",
        " X-Hop ",
        "a, b, c, X-Hop, d"
      })
  void nominatedFieldsAreRemoved(String connection) {
    MultiMap headers = Heads.of("Connection: " + connection, "X-Hop: 1", "x-hop: 2", "X-Stays: 3");
    strip(headers);
    assertThat(Heads.lines(headers)).containsExactly("x-stays: 3");
  }

  @Test
  void everyConnectionLineNominates() {
    MultiMap headers = Heads.of("Connection: A", "A: 1", "B: 2", "connection: keep-alive, B");
    HopByHop.stripResponse(headers);
    assertThat(headers.isEmpty()).isTrue();
  }

  @ParameterizedTest
  @MethodSource("kept")
  void fieldsThatCarryWeightCannotBeNominated(String name) {
    MultiMap headers = Heads.of("Connection: close, " + name.toUpperCase(), name + ": 1");
    if (!name.equals("transfer-encoding")) {
      strip(headers);
      assertThat(Heads.lines(headers)).containsExactly(name + ": 1");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"X-Forwarded-For", "x-forwarded-proto", "X-Forwarded-Anything"})
  void forwardedFieldsCannotBeNominated(String name) {
    MultiMap headers = Heads.of("Connection: " + name, name + ": 1");
    strip(headers);
    assertThat(headers.contains(name)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "close | true",
        "Close | true",
        "foo, CLOSE | true",
        "close, foo | true",
        "foo ,\tclose | true",
        "keep-alive | false",
        "Keep-Alive | false",
        "foo | false",
        "closed | false",
        "not close | false"
      })
  void closeIsSeenWhereverItStands(String connection, boolean close) {
    assertThat(strip(Heads.of("Connection: " + connection))).isEqualTo(close);
  }

  @Test
  void closeIsSeenOnAnyLine() {
    MultiMap headers = Heads.of("Connection: keep-alive", "Connection: a, close", "Connection: b");
    assertThat(strip(headers)).isTrue();
    assertThat(headers.isEmpty()).isTrue();
  }

  @Test
  void requestWithoutConnectionStaysOpen() {
    assertThat(strip(Heads.of("Host: a"))).isFalse();
  }

  @Test
  void http10KnowsNoExpectation() {
    MultiMap headers = Heads.of("Expect: 100-continue");
    strip(headers);
    assertThat(headers.contains("expect")).isTrue();
    HopByHop.stripRequest(headers, HttpVersion.HTTP_1_0);
    assertThat(headers.contains("expect")).isFalse();
  }
}
