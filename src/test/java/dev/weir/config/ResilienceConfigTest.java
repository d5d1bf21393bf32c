package dev.weir.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What circuit breakers and the ejection of endpoints can't work with is refused, with why. */
class ResilienceConfigTest {

  private static JsonObject upstream(String key, JsonObject value) {
    JsonObject endpoint = new JsonObject().put("host", "127.0.0.1").put("port", 1);
    return new JsonObject().put("endpoints", new JsonArray().add(endpoint)).put(key, value);
  }

  private static String problem(String upstreams) {
    JsonObject json = new JsonObject().put("upstreams", new JsonObject(upstreams));
    ConfigException e =
        catchThrowableOfType(ConfigException.class, () -> WeirConfig.of(json, name -> null));
    assertThat(e).as(upstreams).isNotNull();
    assertThat(e.problems()).hasSize(1);
    return e.problems().get(0).toString();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "circuitBreaker | {'failureThreshold': 11} | no more failures than windowSize (10)",
        "circuitBreaker | {'windowSize': 4} | no more failures than windowSize (4)",
        "circuitBreaker | {'windowSize': 0} | an integer from 1 to 10000",
        "circuitBreaker | {'windowMillis': 0} | an integer from 10 to 3600000",
        "circuitBreaker | {'openMillis': 0} | an integer from 1 to",
        "circuitBreaker | {'openMillis': 700000} | no less than openMillis (700000)",
        "circuitBreaker | {'openMultiplier': 0.5} | a number from 1 to 10",
        "circuitBreaker | {'failureStatuses': [500, 666]} | an integer from 100 to 599",
        "circuitBreaker | {'failOn': ['conect']} | did you mean",
        "circuitBreaker | {'failOn': []} | at least one element",
        "circuitBreaker | {'window': 'calls'} | one of count, time",
        "circuitBreaker | {'fallback': {}} | either an upstream or a body",
        "circuitBreaker | {'fallback': {'body': '', 'status': 666}} | an integer from 200 to 599",
        "circuitBreaker | {'fallback': {'upstream': 'v'}} | the name of an upstream",
        "circuitBreaker | {'fallback': {'upstream': 'u'}} | do not lead back here",
        "circuitBreaker | {'halfOpen': 'one'} | one of node, cluster",
        "circuitBreaker | {'trialMillis': 9} | an integer from 10 to 3600000",
        "health | {'quorum': 0} | an integer from 1 to 1000",
        "health | {'sharing': 'all'} | one of off, cluster",
        "health | {'mode': 'passive'} | one of off, active, hybrid",
        "health | {'active': {'type': 'udp'}} | one of http, tcp, grpc",
        "health | {'active': {'intervalMillis': 0}} | an integer from 1 to",
        "health | {'active': {'timeoutMillis': 0}} | an integer from 1 to",
        "health | {'active': {'rise': 0}} | an integer from 1 to 1000",
        "health | {'active': {'fall': 1001}} | an integer from 1 to 1000",
        "health | {'active': {'expectedStatuses': [99]}} | an integer from 100 to 599",
        "health | {'active': {'initial': 'up'}} | one of startUp, startDown, firstProbe",
        "health | {'active': {'headers': {'Content-Length': '1'}}} | not content-length",
        "health | {'active': {'headers': {'transfer-encoding': 'chunked'}}} | not content-length",
        "health | {'active': {'headers': {'connection': 'close'}}} | belongs to the connection",
        "health | {'active': {'headers': {'x-a': '\\r\\nx-b: 1'}}} | a header value",
        "health | {'active': {'headers': {'Host': 'a b'}}} | a host[:port]",
        "health | {'active': {'headers': {'host': 'a:99999'}}} | a host[:port]",
        "health | {'active': {'headers': {'host': ''}}} | a host[:port]",
        "outlier | {'intervalMillis': 0} | an integer from 10 to 3600000",
        "outlier | {'baseEjectionMillis': 0} | an integer from 1 to",
        "outlier | {'baseEjectionMillis': 400000} | no less than baseEjectionMillis (400000)",
        "outlier | {'maxEjectedPercent': 101} | an integer from 1 to 100",
        "outlier | {'successRate': {'minimumEndpoints': 1}} | an integer from 2 to 10000",
        "outlier | {'localFailures': {'consecutive': 3}} | splitLocalFailures to be true",
        "outlier | {'localFailures': {'enforcePercent': 0}} | splitLocalFailures to be true",
        "outlier | {'serverErrors': {'consecutive': 0}} | an integer from 1 to 10000"
      })
  void badInput_isRefusedWithTheReason(String key, String value, String reason) {
    JsonObject upstream = upstream(key, new JsonObject(value.replace('\'', '"')));
    assertThat(problem(new JsonObject().put("u", upstream).encode()))
        .contains("/upstreams/u/" + key)
        .contains(reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "health | {'active': {'headers': {'Host': 'orders.internal', 'x-token': 'a b'}}}",
        "health | {'active': {'headers': {'host': '[::1]:8080'}}}",
        "health | {'active': {'intervalMillis': 100, 'timeoutMillis': 2000}}",
        "outlier | {'splitLocalFailures': true, 'localFailures': {'consecutive': 3}}",
        "outlier | {'localFailures': {'consecutive': 5}}"
      })
  void unusualInput_isTakenAndReadAgainAsItWas(String key, String value) {
    JsonObject upstream = upstream(key, new JsonObject(value.replace('\'', '"')));
    JsonObject upstreams = new JsonObject().put("u", upstream);
    WeirConfig read = WeirConfig.of(new JsonObject().put("upstreams", upstreams), name -> null);
    assertThat(WeirConfig.of(read.toJson(), name -> null)).isEqualTo(read);
  }

  @Test
  void memberTimeoutThatOneLostHeartbeatReaches_isRefused() {
    JsonObject cluster = new JsonObject().put("heartbeatMillis", 1000);
    JsonObject json = new JsonObject().put("cluster", cluster.put("memberTimeoutMillis", 1999));
    ConfigException e =
        catchThrowableOfType(ConfigException.class, () -> WeirConfig.of(json, name -> null));
    assertThat(e.problems())
        .extracting(Object::toString)
        .singleElement()
        .asString()
        .contains("/cluster/memberTimeoutMillis", "at least twice heartbeatMillis (2000)");
  }

  @Test
  void fallbacksInACircle_areRefused() {
    JsonObject json = new JsonObject();
    for (String name : new String[] {"a", "b", "c"}) {
      String next = name.equals("a") ? "b" : name.equals("b") ? "c" : "b";
      JsonObject fallback = new JsonObject().put("upstream", next);
      json.put(name, upstream("circuitBreaker", new JsonObject().put("fallback", fallback)));
    }
    JsonObject document = new JsonObject().put("upstreams", json);
    ConfigException e =
        catchThrowableOfType(ConfigException.class, () -> WeirConfig.of(document, name -> null));
    assertThat(e.problems())
        .extracting(Problem::pointer)
        .containsExactly(
            "/upstreams/b/circuitBreaker/fallback/upstream",
            "/upstreams/c/circuitBreaker/fallback/upstream");
  }
}
