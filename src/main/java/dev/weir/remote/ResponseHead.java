package dev.weir.remote;

import dev.weir.config.ConfigException;
import dev.weir.config.ObjectReader;
import dev.weir.config.Shape;
import dev.weir.config.Shapes;
import dev.weir.exchange.Flag;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.Stream;

/**
 * The head of a response, as the serving node sends it back.
 *
 * @param status 200 to 999
 * @param reason the reason phrase; {@code null} for the standard one
 * @param fields the header fields, names and values in turn
 * @param chunked whether the length of the body is not known
 * @param closing whether the client's connection is not to be used again
 * @param received the version in which the upstream sent it; {@code null} for a local reply
 * @param flag why it is a local reply; {@code null} when it is none
 * @param affinity the {@code Set-Cookie} that binds the client to the endpoint; {@code null} for
 *     none
 * @param end what the exchange has come to, when there is nothing but this; {@code null} otherwise
 */
record ResponseHead(
    int status,
    String reason,
    List<String> fields,
    boolean chunked,
    boolean closing,
    String received,
    String flag,
    String affinity,
    Ending end) {

  private static final Shape<Integer> STATUS = Shape.integer(200, 999);
  private static final Shape<String> VERSION =
      Shape.word(Stream.of(HttpVersion.values()).map(Enum::name).toList());

  /**
   * Reads one.
   *
   * @throws FrameException when it is none
   */
  static ResponseHead of(JsonObject json) {
    try {
      ResponseHead head = ObjectReader.parse(json, ResponseHead::read);
      if (!isText(head.reason) || !isText(head.affinity)) {
        throw new FrameException("a head that HTTP does not allow");
      }
      if ((head.received == null) == (head.flag == null)) {
        throw new FrameException("a head that is neither the upstream's nor the gateway's");
      }
      return head;
    } catch (ConfigException e) {
      throw new FrameException(e.getMessage());
    }
  }

  private static ResponseHead read(ObjectReader r) {
    return new ResponseHead(
        r.required("status", STATUS),
        r.optional("reason", null, Shape.text()),
        r.required("fields", Shapes.list(Shape.text())),
        r.required("chunked", Shape.bool()),
        r.required("closing", Shape.bool()),
        r.optional("received", null, VERSION),
        r.optional("flag", null, Ending.FLAG),
        r.optional("affinity", null, Shape.text()),
        r.optional("end", null, Shapes.object(Ending::read)));
  }

  static boolean isText(String text) {
    return text == null || text.chars().allMatch(c -> c == '\t' || c >= ' ' && c != 127);
  }

  /** Why the serving node made it itself; {@code null} when the upstream did. */
  Flag replyFlag() {
    return flag == null ? null : Flag.valueOf(flag);
  }

  HttpVersion receivedVersion() {
    return HttpVersion.valueOf(received);
  }
}
