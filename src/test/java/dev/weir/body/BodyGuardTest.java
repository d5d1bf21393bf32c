package dev.weir.body;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.body.BodyGuard.Verdict;
import dev.weir.config.WeirConfig;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

class BodyGuardTest {

  private static final String JSON = "application/json";

  private static BodyRules rules(String bodies) {
    JsonObject config = new JsonObject(bodies.replace('\'', '"'));
    return new BodyRules(WeirConfig.of(new JsonObject().put("bodies", config)).bodies());
  }

  private static ByteBuf piece(String text) {
    return Unpooled.wrappedBuffer(Feeding.bytes(text));
  }

  @Test
  void defaults_areThoseOfTheManual() {
    BodyRules rules = rules("{}");
    assertThat(rules.maxBytes(ContentKind.JSON, 0)).isEqualTo(1 << 20);
    assertThat(rules.maxBytes(ContentKind.FORM, 0)).isEqualTo(1 << 20);
    assertThat(rules.maxBytes(ContentKind.MULTIPART, 0)).isEqualTo(10 << 20);
    assertThat(rules.maxBytes(ContentKind.TEXT, 0)).isEqualTo(1 << 20);
    assertThat(rules.maxBytes(ContentKind.OTHER, 0)).isZero();
    assertThat(rules.validates(ContentKind.JSON, JSON)).isFalse();
  }

  @Test
  void bound_holdsWhereItIsLower() {
    BodyRules rules = rules("{'json': {'maxBytes': 10}, 'text': {'maxBytes': 0}}");
    assertThat(rules.maxBytes(ContentKind.JSON, 5)).isEqualTo(5);
    assertThat(rules.maxBytes(ContentKind.JSON, 50)).isEqualTo(10);
    assertThat(rules.maxBytes(ContentKind.TEXT, 50)).isEqualTo(50);
    assertThat(rules.maxBytes(ContentKind.TEXT, 0)).isZero();
  }

  @Test
  void nothingToWatch_needsNoGuard() {
    BodyRules rules = rules("{}");
    assertThat(rules.guard(ContentKind.OTHER, null, 0, -1)).isNull();
    assertThat(rules.guard(ContentKind.JSON, JSON, 10, 5)).isNull();
    assertThat(rules.guard(ContentKind.JSON, JSON, 10, -1)).isNotNull();
  }

  @Test
  void text_isCheckedAsItsCharsetSays() {
    BodyRules rules = rules("{'text': {'validate': true}}");
    assertThat(rules.validates(ContentKind.TEXT, "text/plain")).isTrue();
    assertThat(rules.validates(ContentKind.TEXT, "text/plain; charset=\"UTF-8\"")).isTrue();
    assertThat(rules.validates(ContentKind.TEXT, "text/plain; charset=us-ascii")).isTrue();
    assertThat(rules.validates(ContentKind.TEXT, "text/plain; charset=iso-8859-1")).isFalse();
  }

  @Test
  void limit_isExact() {
    BodyGuard guard = rules("{}").guard(ContentKind.JSON, JSON, 4, -1);
    assertThat(guard.pass(piece("12"))).isEqualTo(Verdict.PASS);
    assertThat(guard.pass(piece("34"))).isEqualTo(Verdict.PASS);
    assertThat(guard.pass(piece("5"))).isEqualTo(Verdict.TOO_LARGE);
  }

  @Test
  void endOfASizedBody_isLookedAtWithItsLastByte() {
    BodyRules rules = rules("{'json': {'validate': true}}");
    BodyGuard guard = rules.guard(ContentKind.JSON, JSON, 0, 2);
    assertThat(guard.pass(piece("["))).isEqualTo(Verdict.PASS);
    assertThat(guard.isWhole()).isFalse();
    assertThat(guard.pass(piece("1"))).isEqualTo(Verdict.INVALID);
    assertThat(guard.isWhole()).isTrue();
    assertThat(guard.position()).isEqualTo(2);
  }

  @Test
  void pieceOutsideTheHeap_isReadToo() {
    BodyRules rules = rules("{'json': {'validate': true}}");
    BodyGuard guard = rules.guard(ContentKind.JSON, JSON, 0, -1);
    ByteBuf direct = Unpooled.directBuffer().writeBytes(Feeding.bytes("xx[1;")).skipBytes(2);
    assertThat(guard.pass(direct)).isEqualTo(Verdict.INVALID);
    assertThat(guard.position()).isEqualTo(2);
    direct.release();
  }
}
