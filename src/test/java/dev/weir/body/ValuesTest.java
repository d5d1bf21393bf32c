package dev.weir.body;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.body.Feeding.Outcome;
import dev.weir.config.WeirConfig;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What stands inside of bodies, cut at every byte. */
class ValuesTest {

  private static JsonObject rule(String at) {
    return new JsonObject().put("at", at);
  }

  private static BodyRules rules(String kind, JsonObject... values) {
    JsonObject body = new JsonObject().put("values", new JsonArray(List.of(values)));
    JsonObject bodies = new JsonObject().put(kind, body);
    return new BodyRules(WeirConfig.of(new JsonObject().put("bodies", bodies)).bodies());
  }

  private static Outcome feed(BodyRules rules, ContentKind kind, String type, String body) {
    assertThat(rules.validates(kind, type)).isTrue();
    return Feeding.feedEverywhere(() -> rules.check(kind, type), Feeding.bytes(body));
  }

  private static Outcome json(String body, JsonObject... values) {
    return feed(rules("json", values), ContentKind.JSON, "application/json", body);
  }

  private static Outcome form(String body, JsonObject... values) {
    return feed(rules("form", values), ContentKind.FORM, "application/x-www-form-urlencoded", body);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "/role | {'role':'user'}",
        "/role | {'a':{'role':'admin'},'role':'user'}",
        "/role | {'a':['role','admin',{'role':'admin'}], 'role' : 'user' , 'b':{}}",
        "/role | {'role':'us\\u0065r'}",
        "/role | {'r\\u006fle':'user'}",
        "/a/1/b | {'a':[{'b':'x'},{'c':{},'b':'user'},{'b':'y'}]}",
        "/a/1/b | {'a':[[],{'b':'user'}]}",
        "/1 | ['x','user','y']",
        "/0/0/0 | [[['user']]]",
        "/a~1b/c~0d | {'a/b':{'c~d':'user'}}",
        "/ | {'':'user'}",
      })
  void valueThatMatches_passes(String at, String body) {
    JsonObject rule = rule(at).put("matches", "user").put("required", true);
    assertThat(json(body.replace('\'', '"'), rule)).matches(Outcome::isValid);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'role':'admin'} | 14 | /role is not what it must be",
        "{'role':'user','role':'admin'} | 28 | /role is not what it must be",
        "{'role':'us\\\\u0065rs'} | 19 | /role is not what it must be",
        "{'role':7, 'a':1} | 9 | /role is not what it must be",
        "{'role':null} | 12 | /role is not what it must be",
        "{'role':{'role':'user'}} | 8 | /role is not what it must be",
        "{'role':['user']} | 8 | /role is not what it must be",
        "{'Role':'user'} | 15 | /role is missing",
        "{} | 2 | /role is missing",
        "[] | 2 | /role is missing",
        "'role' | 6 | /role is missing",
      })
  void valueThatDoesNot_isRefusedWhereItEnds(String body, int position, String problem) {
    JsonObject rule = rule("/role").put("matches", "user|0").put("required", true);
    String json = body.replace('\'', '"').replace("\\\\", "\\");
    Outcome outcome = json(json, rule);
    assertThat(outcome.problem()).endsWith(problem);
    assertThat(outcome.position()).isEqualTo(position);
  }

  @Test
  void numbers_areTextsAsTheyAreSpelled() {
    JsonObject rule = rule("/n").put("matches", "-?[0-9]{1,3}");
    assertThat(json("{\"n\":-12}", rule)).matches(Outcome::isValid);
    assertThat(json("{\"n\":1200}", rule).isValid()).isFalse();
    assertThat(json("{\"n\":1e2}", rule).isValid()).isFalse();
    assertThat(json("{\"m\":1200}", rule)).as("it need not be there").matches(Outcome::isValid);
  }

  @Test
  void longValue_isNoneThatCanMatch() {
    JsonObject rule = rule("/s").put("matches", "a*");
    assertThat(json("{\"s\":\"" + "a".repeat(4096) + "\"}", rule)).matches(Outcome::isValid);
    assertThat(json("{\"s\":\"" + "a".repeat(4097) + "\"}", rule).isValid()).isFalse();
    assertThat(json("{\"s\":\"" + "a".repeat(50_000) + "\"}", rule).isValid()).isFalse();
    assertThat(json("{\"t\":\"" + "a".repeat(50_000) + "\"}", rule)).matches(Outcome::isValid);
  }

  @Test
  void syntax_isCheckedFirst() {
    Outcome outcome = json("{\"role\":\"admin\",]", rule("/role").put("required", true));
    assertThat(outcome.problem()).doesNotContain("/role");
  }

  @ParameterizedTest
  @CsvSource({
    "role=user, -1",
    "a=b&role=user&c, -1",
    "r%6fle=us%65r, -1",
    "role=user+x, 11",
    "role=admin, 10",
    "role=admin&a=b, 10",
    "role, 4",
    "a=b, 3",
    "x&role=user=1, 13",
  })
  void fieldsOfForms_areDecoded(String body, int position) {
    Outcome outcome = form(body, rule("/role").put("matches", "user").put("required", true));
    assertThat(outcome.position()).isEqualTo(position);
  }

  @ParameterizedTest
  @CsvSource({"image/png, true", "text/html, false"})
  void fieldsOfParts_areLookedAt(String type, boolean valid) {
    String body =
        "--bd\r\nContent-Disposition: form-data; name=\"note\"\r\nContent-Type: text/html\r\n\r\n"
            + "x\r\n--bd\r\nContent-Disposition: form-data; name=\"avatar\"; filename=\"a\"\r\n"
            + "Content-Type: "
            + type
            + "\r\n\r\ny\r\n--bd--";
    BodyRules rules = rules("multipart", rule("/avatar/content-type").put("matches", "image/.*"));
    Outcome outcome = feed(rules, ContentKind.MULTIPART, "multipart/form-data; boundary=bd", body);
    assertThat(outcome.isValid()).isEqualTo(valid);
  }

  @Test
  void partThatIsRequired_mustBeThere() {
    BodyRules rules = rules("multipart", rule("/avatar/content-type").put("required", true));
    String body = "--bd\r\nContent-Disposition: form-data; name=\"n\"\r\n\r\nx\r\n--bd--";
    Outcome outcome = feed(rules, ContentKind.MULTIPART, "multipart/form-data; boundary=bd", body);
    assertThat(outcome.problem()).endsWith("/avatar/content-type is missing");
  }
}
