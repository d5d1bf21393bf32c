package dev.weir.remote;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;

/**
 * What one node sends to another in one message.
 *
 * <p>On the wire: version, type and end (a byte each), link (8 bytes), sequence, stream and the
 * length of the JSON (4 each), the JSON, the body.
 *
 * @param type what it means
 * @param link which link it belongs to
 * @param sequence its number among all frames that its sender has sent on the link
 * @param stream which stream it belongs to; 0 for the link itself
 * @param end whether its sender has no more to say on the stream
 * @param text the JSON that goes with the type, in UTF-8; {@code null} for none
 * @param body a piece of a body, at most {@value #MAX_BODY_BYTES} bytes
 */
record Frame(
    Type type, long link, int sequence, int stream, boolean end, Buffer text, Buffer body) {

  /** The kinds of frames. */
  enum Type {
    /** The first one on a link; its JSON says where the sender is to be reached. */
    HELLO,
    /** The sender lives. */
    PING,
    /** The sender has broken the link. */
    GONE,
    /** The head of a request or a response, in JSON. */
    HEAD,
    /** A part of a body; with its end may come JSON. */
    DATA,
    /** So many more bytes may come. */
    CREDIT,
    /** The sender has given the stream up; its JSON says why. */
    RESET,
    /** The sender does not begin with the stream. */
    REFUSED,
    /** The client shall send its body. */
    CONTINUE,
    /** An interim response, its fields in JSON. */
    HINTS
  }

  /** The most of a body in one frame. */
  static final int MAX_BODY_BYTES = 32 << 10;

  /** The most JSON in one frame: room for the largest head that a listener may be set to take. */
  static final int MAX_JSON_BYTES = 8 << 20;

  static final Buffer NOTHING = Buffer.buffer(0);

  private static final byte VERSION = 1;
  private static final int HEADER_BYTES = 3 + Long.BYTES + 3 * Integer.BYTES;
  private static final Type[] TYPES = Type.values();

  /** The frame in bytes, its JSON encoded already; {@code null} for none. */
  static Buffer encode(
      Type type, long link, int sequence, int stream, boolean end, Buffer json, Buffer body) {
    int jsonLength = json == null ? 0 : json.length();
    Buffer out =
        Buffer.buffer(HEADER_BYTES + jsonLength + body.length())
            .appendByte(VERSION)
            .appendByte((byte) type.ordinal())
            .appendByte((byte) (end ? 1 : 0))
            .appendLong(link)
            .appendInt(sequence)
            .appendInt(stream)
            .appendInt(jsonLength);
    if (json != null) {
      out.appendBuffer(json);
    }
    return out.appendBuffer(body);
  }

  /**
   * Reads a message.
   *
   * @throws FrameException when it is no frame
   */
  static Frame decode(Object message) {
    if (!(message instanceof Buffer in) || in.length() < HEADER_BYTES) {
      throw new FrameException("not a frame");
    }
    int type = in.getByte(1);
    int end = in.getByte(2);
    if (in.getByte(0) != VERSION || type < 0 || type >= TYPES.length || end < 0 || end > 1) {
      throw new FrameException("a frame of an unknown kind");
    }
    int jsonLength = in.getInt(HEADER_BYTES - Integer.BYTES);
    int bodyLength = in.length() - HEADER_BYTES - jsonLength;
    boolean fits = jsonLength >= 0 && jsonLength <= MAX_JSON_BYTES;
    if (!fits || bodyLength < 0 || bodyLength > MAX_BODY_BYTES) {
      throw new FrameException("a frame with parts that may not be as long");
    }
    int body = HEADER_BYTES + jsonLength;
    return new Frame(
        TYPES[type],
        in.getLong(3),
        in.getInt(11),
        in.getInt(15),
        end == 1,
        jsonLength == 0 ? null : in.slice(HEADER_BYTES, body),
        bodyLength == 0 ? NOTHING : in.slice(body, in.length()));
  }

  /**
   * Its JSON; {@code null} for none. Read only here, when it is known which stream it is for: what
   * is wrong with it is wrong with that stream alone.
   *
   * @throws FrameException when it is none
   */
  JsonObject json() {
    try {
      return text == null ? null : new JsonObject(text);
    } catch (DecodeException | ClassCastException e) {
      throw new FrameException("a frame whose JSON is none");
    }
  }

  /**
   * Its JSON.
   *
   * @throws FrameException when there is none
   */
  JsonObject required() {
    if (text == null) {
      throw new FrameException(type + " without JSON");
    }
    return json();
  }

  /**
   * The number of bytes that {@link Type#CREDIT} gives.
   *
   * @throws FrameException when it is none
   */
  int credit() {
    int credit = body.length() == Integer.BYTES ? body.getInt(0) : 0;
    if (credit <= 0 || credit > Window.BYTES) {
      throw new FrameException("a credit of " + credit + " bytes");
    }
    return credit;
  }
}
