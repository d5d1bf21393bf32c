package dev.weir.bridge;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.parsetools.RecordParser;
import java.util.function.Consumer;

/**
 * Cuts a stream of bytes into frames: four bytes of length, the most significant first, then as
 * many bytes. It never keeps more than one frame of the greatest length and what came with it.
 */
final class FrameReader implements Handler<Buffer> {

  private static final int LENGTH_BYTES = 4;

  private final RecordParser parser = RecordParser.newFixed(LENGTH_BYTES);
  private final int maxBytes;
  private final Consumer<Buffer> frames;
  private final Consumer<Trouble> broken;
  private boolean inFrame;
  private boolean dead;

  /**
   * @param maxBytes the length of the longest frame
   * @param broken is told once why no frame can follow any more
   */
  FrameReader(int maxBytes, Consumer<Buffer> frames, Consumer<Trouble> broken) {
    this.maxBytes = maxBytes;
    this.frames = frames;
    this.broken = broken;
    parser.handler(this::record);
  }

  @Override
  public void handle(Buffer bytes) {
    if (!dead) {
      parser.handle(bytes);
    }
  }

  private void record(Buffer record) {
    if (dead) {
      return;
    }
    if (inFrame) {
      inFrame = false;
      parser.fixedSizeMode(LENGTH_BYTES);
      frames.accept(record);
    } else {
      expect(record.getInt(0));
    }
  }

  private void expect(int length) {
    if (length > 0 && length <= maxBytes) {
      inFrame = true;
      parser.fixedSizeMode(length);
    } else {
      stop();
      // As an unsigned number, a negative one is greater than any bound.
      broken.accept(length == 0 ? Trouble.INVALID_FRAME : Trouble.FRAME_TOO_LARGE);
    }
  }

  /** Reads no more. */
  void stop() {
    dead = true;
  }
}
