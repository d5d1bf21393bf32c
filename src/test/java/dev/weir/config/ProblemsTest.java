package dev.weir.config;

import static dev.weir.config.Documents.problems;
import static dev.weir.config.Documents.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a wrong document is told, to the letter. */
class ProblemsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {'drain': {'deadlineMilis': 1}} | /drain/deadlineMilis: 1 (expected: one of the keys deadlineMillis, idleGraceMillis; did you mean "deadlineMillis"?)
          {'scale': {'x': []}} | /scale/x: [] (expected: one of the keys ingress, balancer, upstream)
          {'scale': 1} | /scale: 1 (expected: an object)
          {'scale': null} | /scale: null (expected: an object)
          {'routes': {}} | /routes: {} (expected: an array)
          {'routes': [null]} | /routes/0: null (expected: an object)
          {'upstreams': []} | /upstreams: [] (expected: an object)
          {'scale': {'ingress': '10'}} | /scale/ingress: "10" (expected: an integer from -1 to 1024)
          {'scale': {'ingress': 1.5}} | /scale/ingress: 1.5 (expected: an integer from -1 to 1024)
          {'scale': {'ingress': -2}} | /scale/ingress: -2 (expected: an integer from -1 to 1024)
          {'scale': {'ingress': 1025}} | /scale/ingress: 1025 (expected: an integer from -1 to 1024)
          {'scale': {'ingress': 99999999999999999999}} | /scale/ingress: 99999999999999999999 (expected: an integer from -1 to 1024)
          {'accessLog': {'sampleRatio': 1.01}} | /accessLog/sampleRatio: 1.01 (expected: a number from 0 to 1)
          {'accessLog': {'sampleRatio': true}} | /accessLog/sampleRatio: true (expected: a number from 0 to 1)
          {'accessLog': {'mode': 'Full'}} | /accessLog/mode: "Full" (expected: one of off, sampled, full; did you mean "full"?)
          {'accessLog': {'mode': true}} | /accessLog/mode: true (expected: one of off, sampled, full)
          {'accessLog': {'path': ''}} | /accessLog/path: "" (expected: a text that is not empty)
          {'replies': {'flagHeader': 'true'}} | /replies/flagHeader: "true" (expected: true or false)
          {'ingress': [{}]} | /ingress/0/port: missing (expected: an integer from 0 to 65535)
          {'ingress': [{'port': 65536}]} | /ingress/0/port: 65536 (expected: an integer from 0 to 65535)
          {'admin': {'host': 'a b'}} | /admin/host: "a b" (expected: a host name or an IP address, without a port)
          {'trustedProxies': ['::1', '10.0.0.0/33']} | /trustedProxies/1: "10.0.0.0/33" (expected: an IP address or a range of them, such as 10.0.0.0/8 or fd00::/8)
          {'upstreams': {'a/b~c': {'endpoints': [{'host': 'h', 'port': 1}]}}} | /upstreams/a~1b~0c: {"endpoints":[{"host":"h","port":1}]} (expected: a key that is 1 to 128 letters, digits, '.', '_' or '-')
          {'upstreams': {'u': {'endpoints': []}}} | /upstreams/u/endpoints: [] (expected: an array with at least one element, unless there is announce or bus)
          {'upstreams': {'u': {}}} | /upstreams/u/endpoints: missing (expected: an array with at least one element, unless there is announce or bus)
          {'upstreams': {'u': {'endpoints': [{'host': 'h', 'port': 0}]}}} | /upstreams/u/endpoints/0/port: 0 (expected: an integer from 1 to 65535)
          """)
  void oneProblem(String json, String problem) {
    assertThat(problems(json)).containsExactly(problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          'id': 'r'                          | /routes/1/id: "r" (expected: an id that no other route has)
          'upstream': 'ordrs'                | /routes/1/upstream: "ordrs" (expected: the name of an upstream; did you mean "orders"?)
          'upstream': 'x'                    | /routes/1/upstream: "x" (expected: the name of an upstream)
          'stripPrefix': '/b'                | /routes/1/stripPrefix: "/b" (expected: the first segments of the path pattern /a/:id/*)
          'stripPrefix': '/'                 | /routes/1/stripPrefix: "/" (expected: a path such as /a, without :name, * and a slash at the end)
          'stripPrefix': '/a/:id'            | /routes/1/stripPrefix: "/a/:id" (expected: a path such as /a, without :name, * and a slash at the end)
          'rewrite': '/:ix/*'                | /routes/1/rewrite: "/:ix/*" (expected: only what the path pattern /a/:id/* captures)
          'stripPrefix': '/a', 'rewrite': '/' | /routes/1/rewrite: "/" (expected: no rewrite beside stripPrefix)
          'hostHeader': 'a:b'                | /routes/1/hostHeader: "a:b" (expected: preserve, upstream or a host[:port])
          'requestHeaders': {'set': {'Host': 'x'}} | /routes/1/requestHeaders/set/Host: "x" (expected: a key that is a header name, but not host, content-length or one that belongs to the connection)
          'requestHeaders': {'add': {'a': ['b', 1]}} | /routes/1/requestHeaders/add/a/1: 1 (expected: a header value of printable Latin-1)
          'requestHeaders': {'add': {'a': 1}} | /routes/1/requestHeaders/add/a: 1 (expected: a header value of printable Latin-1)
          'responseHeaders': {'set': {'a': 'b\\n'}} | /routes/1/responseHeaders/set/a: "b\\n" (expected: a header value of printable Latin-1)
          'responseHeaders': {'remove': ['TE']} | /routes/1/responseHeaders/remove/0: "TE" (expected: a header name, but not host, content-length or one that belongs to the connection)
          """)
  void oneProblemOfARoute(String part, String problem) {
    String json =
        """
        {'upstreams': {'orders': {'endpoints': [{'host': 'h', 'port': 1}]}},
         'routes': [{'id': 'r', 'upstream': 'orders'}, %s]}
        """;
    assertThat(problems(json.formatted(routeWith(part)))).containsExactly(problem);
  }

  /** A right route, but for the part at hand. */
  private static String routeWith(String part) {
    String id = part.startsWith("'id'") ? "" : "'id': 's', ";
    String upstream = part.startsWith("'upstream'") ? "" : "'upstream': 'orders', ";
    return "{" + id + upstream + "'match': {'path': '/a/:id/*'}, " + part + "}";
  }

  @Test
  void matchWithWrongConditions_namesEach() {
    String json =
        """
        {'upstreams': {'u': {'endpoints': [{'host': 'h', 'port': 1}]}},
         'routes': [{'id': 'r', 'upstream': 'u', 'match': {
           'hosts': ['a:80'], 'path': 'a', 'methods': ['get'], 'headers': {'x y': 1}, 'query': {'': 'v'}}}]}
        """;
    assertThat(problems(json))
        .containsExactly(
            "/routes/0/match/hosts/0: \"a:80\""
                + " (expected: a host such as example.com or *.example.com, without a port)",
            "/routes/0/match/path: \"a\" (expected: a path such as /a, /a/:id or /a/*, each :name"
                + " once, * only at the end)",
            "/routes/0/match/methods/0: \"get\" (expected: a method in capitals, such as GET)",
            "/routes/0/match/headers/x y: 1 (expected: a key that is a header name)",
            "/routes/0/match/headers/x y: 1 (expected: a header value of printable Latin-1)",
            "/routes/0/match/query/: \"v\" (expected: a key that is a text that is not empty)");
  }

  @Test
  void endpointTwiceInAnUpstream_isRefused() {
    assertThat(
            problems(
                "{'upstreams': {'u': {'endpoints': [{'host': 'h', 'port': 1}, {'host': 'g', 'port':"
                    + " 1}, {'host': 'h', 'port': 1}]}}}"))
        .containsExactly(
            "/upstreams/u/endpoints/2/port: 1"
                + " (expected: a host and port that no other endpoint of the upstream has)");
  }

  @Test
  void listenersOnOneSocket_areRefused() {
    assertThat(
            problems(
                "{'ingress': [{'port': 80}, {'port': 80}, {'port': 0}, {'port': 0},"
                    + " {'host': '127.0.0.1', 'port': 8081}]}"))
        .containsExactly(
            "/ingress/1/port: 80 (expected: a port that no other listener on 0.0.0.0 has)",
            "/admin/port: missing (expected: a port that no other listener on 127.0.0.1 has)");
    assertThat(read("{'ingress': [{'port': 0}, {'port': 0}]}").ingress()).hasSize(2);
  }

  @Test
  void everyProblemIsListed_oneALine() {
    assertThatThrownBy(
            () ->
                read(
                    "{'ingres': [], 'scale': {'ingress': 'x', 'balancer': -2, 'y': 2},"
                        + " 'routes': [{'id': 'r'}], 'upstreams': {'u': 1}}"))
        .isInstanceOf(ConfigException.class)
        .message()
        .hasLineCount(6)
        .contains("/ingres: ", "/scale/ingress: ", "/scale/balancer: ", "/scale/y: ")
        .contains("/routes/0/upstream: missing", "/upstreams/u: 1");
  }

  @Test
  void longValue_isCut() {
    assertThat(problems("{'scale': '" + "x".repeat(1000) + "'}").get(0)).hasSizeLessThan(150);
  }
}
