package dev.weir.config;

import java.util.function.Function;

/**
 * What bodies of requests may be, by their content type. On a route a kind may be null: then the
 * gateway's own rules hold for it.
 *
 * @param json {@code application/json}, and whatever ends in {@code +json}
 * @param form {@code application/x-www-form-urlencoded}
 * @param multipart {@code multipart/form-data}
 * @param text {@code text/*}
 * @param other every other type, and none
 */
public record BodiesConfig(
    JsonBodyConfig json,
    FormBodyConfig form,
    MultipartBodyConfig multipart,
    TextBodyConfig text,
    OtherBodyConfig other) {

  /** The gateway's own rules for every kind. */
  public static final BodiesConfig INHERITED = new BodiesConfig(null, null, null, null, null);

  static BodiesConfig read(ObjectReader r) {
    return new BodiesConfig(
        r.object("json", JsonBodyConfig::read),
        r.object("form", FormBodyConfig::read),
        r.object("multipart", MultipartBodyConfig::read),
        r.object("text", TextBodyConfig::read),
        r.object("other", OtherBodyConfig::read));
  }

  /** Those of a route, which has only the kinds that differ. */
  static BodiesConfig readPart(ObjectReader r) {
    return new BodiesConfig(
        kind(r, "json", JsonBodyConfig::read),
        kind(r, "form", FormBodyConfig::read),
        kind(r, "multipart", MultipartBodyConfig::read),
        kind(r, "text", TextBodyConfig::read),
        kind(r, "other", OtherBodyConfig::read));
  }

  private static <T> T kind(ObjectReader r, String key, Function<ObjectReader, T> read) {
    return r.optional(key, null, Shapes.object(read));
  }

  /** These rules, and those of {@code base} for the kinds that these leave out. */
  public BodiesConfig over(BodiesConfig base) {
    return new BodiesConfig(
        json == null ? base.json : json,
        form == null ? base.form : form,
        multipart == null ? base.multipart : multipart,
        text == null ? base.text : text,
        other == null ? base.other : other);
  }
}
