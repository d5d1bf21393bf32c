package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which route takes a request, what it makes of it, and what happens when none does. */
class RoutingIT extends ScaledSuite implements AlsoRemote {

  private static JsonObject route(String id, JsonObject match) {
    JsonObject mark = new JsonObject().put("set", new JsonObject().put("x-route", id));
    return new JsonObject()
        .put("id", id)
        .put("match", match)
        .put("upstream", "main")
        .put("responseHeaders", mark);
  }

  private static JsonObject path(String path) {
    return new JsonObject().put("path", path);
  }

  private ScriptedUpstream startWithRoutes(JsonObject... routes) throws Exception {
    ScriptedUpstream upstream = upstream((request, c) -> c.reply(200, "", "X-Inner: yes"));
    gateway(GatewayConfig.to(upstream).routes(routes));
    return upstream;
  }

  @ParameterizedTest
  @CsvSource({
    "GET,    other.test,   /orders,         exact",
    "GET,    other.test,   /orders/7,       param",
    "GET,    other.test,   /orders/7/lines, tail",
    "GET,    shop.test,    /any,            host",
    "GET,    SHOP.TEST:80, /any,            host",
    "GET,    a.shop.test,  /any,            wildcard",
    "DELETE, other.test,   /any,            method",
    "GET,    other.test,   /any?beta=1,     query"
  })
  void mostSpecificRouteTakesTheRequest(String method, String host, String target, String id)
      throws Exception {
    startWithRoutes(
        route("tail", path("/orders/*")),
        route("param", path("/orders/:id")),
        route("exact", path("/orders")),
        route("host", new JsonObject().put("hosts", new JsonArray().add("shop.test"))),
        route("wildcard", new JsonObject().put("hosts", new JsonArray().add("*.shop.test"))),
        route("method", path("/any").put("methods", new JsonArray().add("DELETE"))),
        route("query", path("/any").put("query", new JsonObject().put("beta", "1"))));
    RawResponse response = client().call(method, target, "Host: " + host);
    assertThat(response.header("x-route")).isEqualTo(id);
  }

  @Test
  void headerChoosesTheRoute() throws Exception {
    startWithRoutes(
        route("canary", path("/*").put("headers", new JsonObject().put("X-Canary", "yes"))),
        route("rest", path("/*")));
    RawClient client = client();
    assertThat(client.get("/", "x-canary: yes").header("x-route")).isEqualTo("canary");
    assertThat(client.get("/", "x-canary: no").header("x-route")).isEqualTo("rest");
    assertThat(client.get("/").header("x-route")).isEqualTo("rest");
  }

  @ParameterizedTest
  @CsvSource({
    "stripPrefix, /api,        /api/*,           /api/orders?a=b, /orders?a=b",
    "stripPrefix, /api,        /api/*,           /api,            /",
    "rewrite,     /v2/:id/*,   /v1/:id/items/*,  /v1/7/items/8/9?q, /v2/7/8/9?q",
    "rewrite,     /fixed,      /v1/*,            /v1/x?keep=%20,  /fixed?keep=%20"
  })
  void pathIsRewritten(String how, String value, String pattern, String sent, String received)
      throws Exception {
    ScriptedUpstream upstream = startWithRoutes(route("r", path(pattern)).put(how, value));
    client().get(sent);
    assertThat(upstream.take().target()).isEqualTo(received);
  }

  @Test
  void headerRulesApplyInBothDirections() throws Exception {
    JsonObject rules =
        new JsonObject()
            .put("set", new JsonObject().put("x-set", "new"))
            .put("add", new JsonObject().put("x-add", new JsonArray().add("2").add("3")))
            .put("remove", new JsonArray().add("x-gone"));
    ScriptedUpstream upstream =
        upstream(
            (request, c) -> c.reply(200, "", "X-Set: old", "X-Add: 1", "X-Gone: x", "X-Stays: y"));
    gateway(
        GatewayConfig.to(upstream).route("requestHeaders", rules).route("responseHeaders", rules));
    RawResponse response = client().get("/", "X-Set: old", "X-Add: 1", "X-Gone: x", "X-Stays: y");
    for (Fields headers : new Fields[] {upstream.take().headers(), response.headers()}) {
      assertThat(headers.all("x-set")).containsExactly("new");
      assertThat(headers.all("x-add")).containsExactly("1", "2", "3");
      assertThat(headers.has("x-gone")).isFalse();
      assertThat(headers.all("x-stays")).containsExactly("y");
    }
  }

  @Test
  void requestWithoutARouteIsNotFound() throws Exception {
    ScriptedUpstream upstream = startWithRoutes(route("only", path("/only")));
    RawClient client = client();
    RawResponse response = client.get("/other");
    assertThat(response.status()).isEqualTo(404);
    assertThat(response.flag()).isEqualTo("NR");
    assertThat(response.header("content-type")).startsWith("application/problem+json");
    assertThat(new JsonObject(response.text()).getInteger("status")).isEqualTo(404);
    assertThat(client.get("/only").status()).isEqualTo(200);
    assertThat(upstream.requests()).isEqualTo(1);
  }

  @Test
  void requestWithAnotherMethodIsToldWhichAreAllowed() throws Exception {
    startWithRoutes(
        route("read", path("/only").put("methods", new JsonArray().add("GET").add("HEAD"))),
        route("write", path("/only").put("methods", new JsonArray().add("PUT"))));
    RawResponse response = client().call("DELETE", "/only");
    assertThat(response.status()).isEqualTo(405);
    assertThat(response.flag()).isEqualTo("NR");
    assertThat(response.headers().elements("allow"))
        .containsExactlyInAnyOrder("get", "head", "put");
  }

  @ParameterizedTest
  @CsvSource({
    "text/plain,                                text/plain",
    "'text/plain, application/json;q=0.5',      text/plain",
    "*/*,                                       application/problem+json",
    "application/json,                          application/problem+json"
  })
  void localReplyIsTextForAClientThatAsksForText(String accept, String type) throws Exception {
    startWithRoutes(route("only", path("/only")));
    RawResponse response = client().get("/other", "Accept: " + accept);
    assertThat(response.header("content-type")).startsWith(type);
    assertThat(response.body()).isNotEmpty();
  }

  @Test
  void localReplyToHeadHasNoBody() throws Exception {
    startWithRoutes(route("only", path("/only")));
    RawClient client = client();
    assertThat(client.call("HEAD", "/other").status()).isEqualTo(404);
    assertThat(client.get("/only").status()).isEqualTo(200);
  }

  @Test
  void flagFieldCanBeSwitchedOff() throws Exception {
    ScriptedUpstream upstream = upstream((request, c) -> c.reply(200, ""));
    gateway(
        GatewayConfig.to(upstream)
            .routes(route("only", path("/only")))
            .with("/replies/flagHeader", false));
    RawResponse response = client().get("/other");
    assertThat(response.status()).isEqualTo(404);
    assertThat(response.flag()).isNull();
  }

  @Test
  void bodyOfARefusedRequestIsNotTakenForTheNextRequest() throws Exception {
    startWithRoutes(route("only", path("/only")));
    RawClient client = client();
    client.request("POST", "/other", "Content-Length: 30");
    client.write("GET /only HTTP/1.1\r\nHost: a\r\n\r\n".substring(0, 30));
    RawResponse response = client.read();
    assertThat(response.status()).isEqualTo(404);
    if (!response.headers().elements("connection").contains("close")) {
      assertThat(client.get("/only").status()).isEqualTo(200);
    } else {
      client.expectClosed();
    }
  }
}
