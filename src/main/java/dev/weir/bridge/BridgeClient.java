package dev.weir.bridge;

import dev.weir.config.BridgeConfig;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.EncodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetSocket;

/**
 * The connection of one client: its frames go to its session, and what comes back is written. A
 * client is closed whose stream of frames is broken, that does not read, or that is silent.
 */
final class BridgeClient {

  private final NetSocketInternal socket;
  private final Tally tally;
  private final FrameReader reader;
  private Session session;
  private boolean closing;
  private long lastFrame = System.nanoTime();

  BridgeClient(NetSocket socket, BridgeConfig config, Tally tally) {
    this.socket = (NetSocketInternal) socket;
    this.tally = tally;
    reader = new FrameReader(config.maxFrameBytes(), this::frame, this::broken);
    socket.setWriteQueueMaxSize(config.maxPendingBytes());
  }

  /** Begins to read. */
  void open(Session session) {
    this.session = session;
    socket.handler(reader);
  }

  private void frame(Buffer bytes) {
    tally.frame();
    lastFrame = System.nanoTime();
    Object json = decode(bytes);
    if (json instanceof JsonObject object) {
      handle(new Incoming(object), object);
    } else {
      reader.stop();
      broken(Trouble.INVALID_FRAME);
    }
  }

  /** The value of a frame; {@code null}, which is no object either, when it is no JSON. */
  private static Object decode(Buffer bytes) {
    try {
      return Json.decodeValue(bytes);
    } catch (DecodeException e) {
      return null;
    }
  }

  private void handle(Incoming frame, JsonObject json) {
    try {
      session.handle(frame);
    } catch (Refused refused) {
      tally.refused();
      String reply = json.getValue("replyAddress") instanceof String text ? text : null;
      write(Frames.refusal(refused.trouble(), reply));
    }
  }

  private void broken(Trouble trouble) {
    tally.refused();
    write(Frames.refusal(trouble, null));
    if (!closing) {
      closing = true;
      tally.closed();
      socket.close(); // After what waits to be written; the sweep has the last word.
    }
  }

  /** Writes a frame, unless the client has left too many unread. */
  void write(JsonObject frame) {
    if (closing) {
      return;
    }
    if (socket.writeQueueFull()) {
      cut();
      return;
    }
    try {
      socket.write(Frames.encode(frame));
    } catch (EncodeException e) {
      tally.refused(); // Something local that is no JSON.
    }
  }

  /** Cuts the client off if it has sent no frame since {@code then}, in nanoseconds. */
  void sweep(long then) {
    if (lastFrame - then < 0) {
      cut();
    }
  }

  /** Closes at once, past the handler that would first write what waits, perhaps for ever. */
  private void cut() {
    if (!closing) {
      closing = true;
      tally.closed();
    }
    reader.stop();
    socket.channelHandlerContext().close();
  }
}
