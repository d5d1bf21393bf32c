package dev.weir.remote;

import dev.weir.exchange.Flag;
import dev.weir.exchange.Underway;
import dev.weir.remote.Frame.Type;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageProducer;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What one event loop of this node and one of another have with each other: streams over numbered
 * frames. Either side sends a sign of life from time to time while there are streams, which shows
 * the other one also that it has missed nothing.
 */
final class Link {

  /** How the link is told apart from all others. */
  final long id;

  /** The other node. */
  final String peer;

  private final Door door;
  private final boolean own;
  private final MessageProducer<Buffer> out;
  private final Map<Integer, Stream> streams = new HashMap<>();
  private int sent;
  private int heard;
  private int opened;
  private long heardAt;
  private long saidAt;
  private boolean delivered;
  private boolean known;
  private boolean broken;

  /**
   * @param id a number that no other link has
   * @param peer the other node
   * @param address where its end is to be reached
   * @param own whether the streams are opened from this side
   */
  Link(Door door, long id, String peer, String address, boolean own) {
    this.door = door;
    this.own = own;
    this.id = id;
    this.peer = peer;
    this.out = door.producer(address);
    this.heardAt = door.now();
    this.saidAt = heardAt;
  }

  /** Opens a stream from this side; returns its number. */
  int open(Stream stream) {
    if (streams.isEmpty()) {
      heardAt = door.now(); // Without streams nobody says anything.
    }
    streams.put(++opened, stream);
    return opened;
  }

  /** Takes a stream that the other side has opened. */
  void accept(int number, Stream stream) {
    streams.put(number, stream);
  }

  /** A stream has nothing more to say or to hear; what still comes for it is dropped. */
  void close(int number) {
    streams.remove(number);
  }

  /** Whether it is of no use any more. */
  boolean isBroken() {
    return broken;
  }

  int size() {
    return streams.size();
  }

  void send(Type type, int stream) {
    send(type, stream, false, null, Frame.NOTHING);
  }

  void send(Type type, int stream, boolean end, JsonObject json, Buffer body) {
    sendEncoded(type, stream, end, json == null ? null : json.toBuffer(), body);
  }

  /** Sends a frame whose JSON is encoded already. */
  void sendEncoded(Type type, int stream, boolean end, Buffer json, Buffer body) {
    if (!broken) {
      saidAt = door.now();
      out.write(Frame.encode(type, id, sent++, stream, end, json, body))
          .onComplete(written -> delivered = true, failure -> fail("it can't be reached", true));
    }
  }

  /** Gives the other side leave to send more of a body. */
  void credit(int stream, int bytes) {
    send(Type.CREDIT, stream, false, null, Buffer.buffer(Integer.BYTES).appendInt(bytes));
  }

  /**
   * A frame has come.
   *
   * @throws FrameException when it is not what may come on a link, whatever its streams are
   */
  void receive(Frame frame) {
    if (frame.sequence() != heard) {
      fail("frame " + heard + " from it was lost", false);
      return;
    }
    heard++;
    heardAt = door.now();
    switch (frame.type()) {
      case HELLO, PING -> {}
      case GONE -> fail("it has lost the link", false);
      default -> deliver(frame);
    }
  }

  private void deliver(Frame frame) {
    Stream stream = streams.get(frame.stream());
    boolean opens = stream == null && !own && frame.type() == Type.HEAD;
    if (opens) {
      if (frame.stream() - opened <= 0) { // They wrap around.
        throw new FrameException("a stream that was there before");
      }
      opened = frame.stream();
    }
    try {
      if (stream != null) {
        stream.received(frame);
      } else if (opens) {
        door.serve(this, frame);
      }
    } catch (FrameException e) {
      reset(frame.stream(), "it has sent " + e.getMessage());
    }
  }

  /** Gives up one stream, for which something has come that may not; the others go on. */
  private void reset(int number, String why) {
    door.incoming().refusedFrame();
    send(Type.RESET, number, true, Ending.of(Flag.UF), Frame.NOTHING);
    Stream stream = streams.remove(number);
    if (stream != null) {
      stream.broken(why, false);
    }
  }

  /** Shows what it serves. */
  void show(Underway underway) {
    streams.values().forEach(stream -> stream.show(underway));
  }

  /** Time has passed. */
  void tick(long now, boolean member) {
    known |= member;
    if (known && !member) {
      fail("it has left the cluster", false);
    } else if (streams.isEmpty()) {
      if (!known && now - heardAt > door.silenceNanos()) {
        fail("it is no node of the cluster", false);
      }
    } else {
      if (now - heardAt > door.silenceNanos()) {
        fail("it says nothing", false);
      } else if (now - saidAt >= Door.PING_NANOS) {
        send(Type.PING, 0);
      }
      new ArrayList<>(streams.values()).forEach(stream -> stream.check(now));
    }
  }

  /**
   * Breaks the link, and every stream on it.
   *
   * @param why what is wrong with the other node
   * @param unreachable whether it can't be written to
   */
  void fail(String why, boolean unreachable) {
    if (broken) {
      return;
    }
    if (!unreachable) {
      send(Type.GONE, 0);
    }
    broken = true;
    door.lost(this, why);
    List<Stream> rest = new ArrayList<>(streams.values());
    streams.clear();
    rest.forEach(stream -> stream.broken(why, unreachable && !delivered));
  }
}
