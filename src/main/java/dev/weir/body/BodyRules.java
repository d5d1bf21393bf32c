package dev.weir.body;

import dev.weir.config.BodiesConfig;
import java.nio.charset.StandardCharsets;

/** What bodies may be on one route. */
public final class BodyRules {

  private final BodiesConfig config;
  private final long[] maxBytes = new long[ContentKind.values().length];
  private final boolean[] validate = new boolean[ContentKind.values().length];
  private final ValueRules json;
  private final ValueRules form;
  private final ValueRules parts;

  /**
   * @param config the rules for every kind
   */
  public BodyRules(BodiesConfig config) {
    this.config = config;
    json = new ValueRules(config.json().values());
    form = new ValueRules(config.form().values());
    parts = new ValueRules(config.multipart().values());
    set(ContentKind.JSON, config.json().maxBytes(), config.json().validate() || !json.isEmpty());
    set(ContentKind.FORM, config.form().maxBytes(), config.form().validate() || !form.isEmpty());
    set(
        ContentKind.MULTIPART,
        config.multipart().maxBytes(),
        config.multipart().validate() || !parts.isEmpty());
    set(ContentKind.TEXT, config.text().maxBytes(), config.text().validate());
    set(ContentKind.OTHER, config.other().maxBytes(), false);
  }

  private void set(ContentKind kind, long maxBytes, boolean validate) {
    this.maxBytes[kind.ordinal()] = maxBytes;
    this.validate[kind.ordinal()] = validate;
  }

  /**
   * How large a body may be.
   *
   * @param bound what it may be at most in any case; 0 for no bound
   * @return 0 for no bound
   */
  public long maxBytes(ContentKind kind, long bound) {
    long own = maxBytes[kind.ordinal()];
    return own == 0 || bound > 0 && bound < own ? bound : own;
  }

  /** Whether the inside of bodies of this type is looked at. */
  public boolean validates(ContentKind kind, String type) {
    return validate[kind.ordinal()] && (kind != ContentKind.TEXT || isUtf8(type));
  }

  private static boolean isUtf8(String type) {
    String charset = Parameters.find(type, "charset");
    return charset == null
        || charset.equalsIgnoreCase("utf-8")
        || charset.equalsIgnoreCase("us-ascii");
  }

  /** Whether a type can be looked at: a multipart body needs a boundary. */
  public static boolean isCheckable(ContentKind kind, String type) {
    return kind != ContentKind.MULTIPART || MultipartCheck.isBoundary(boundary(type));
  }

  private static String boundary(String type) {
    return Parameters.find(type, "boundary");
  }

  /**
   * Sets a guard over a body.
   *
   * @param length how large it says it is; -1 when it does not say
   * @return {@code null} when there is nothing to watch
   */
  public BodyGuard guard(ContentKind kind, String type, long maxBytes, long length) {
    BodyCheck check = validates(kind, type) ? check(kind, type) : null;
    boolean counts = maxBytes > 0 && length < 0;
    return check == null && !counts ? null : new BodyGuard(maxBytes, length, check);
  }

  BodyCheck check(ContentKind kind, String type) {
    return switch (kind) {
      case JSON -> json();
      case FORM -> form();
      case MULTIPART -> multipart(boundary(type));
      case TEXT -> new Utf8Check();
      case OTHER -> null;
    };
  }

  private BodyCheck json() {
    BodyCheck syntax = new JsonCheck(config.json().maxDepth(), config.json().maxStringBytes());
    return json.isEmpty() ? syntax : new ValueCheck(syntax, new JsonValues(json));
  }

  private BodyCheck form() {
    BodyCheck syntax = new FormCheck(config.form().maxFields());
    return form.isEmpty() ? syntax : new ValueCheck(syntax, new FormValues(form));
  }

  private BodyCheck multipart(String boundary) {
    PartValues values = parts.isEmpty() ? null : new PartValues(parts);
    BodyCheck syntax =
        new MultipartCheck(
            boundary.getBytes(StandardCharsets.US_ASCII),
            config.multipart().maxParts(),
            config.multipart().maxPartHeaderBytes(),
            values);
    return values == null ? syntax : new ValueCheck(syntax, values);
  }
}
