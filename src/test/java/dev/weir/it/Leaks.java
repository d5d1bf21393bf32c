package dev.weir.it;

import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetectorFactory;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Collects what Netty's leak detector finds: a buffer that nobody released and nobody can reach.
 *
 * <p>Buffers are watched at the level of {@code io.netty.leakDetection.level}; the build sets
 * {@code paranoid}, which watches each one.
 */
final class Leaks {
  private static final Queue<String> FOUND = new ConcurrentLinkedQueue<>();
  private static final int ROUNDS = 3;
  private static final int BUFFERS_TO_TOUCH = 256;

  static {
    ResourceLeakDetectorFactory.setResourceLeakDetectorFactory(new Factory());
  }

  private Leaks() {}

  /** Makes sure that buffers are watched; to be called before Netty makes the first one. */
  static void watch() {}

  /** What was lost so far. Collects garbage first, for that is what finds it. */
  static List<String> found() {
    for (int round = 0; round < ROUNDS; round++) {
      System.gc();
      // The detector reports what the collector queued when the next buffer is made.
      for (int i = 0; i < BUFFERS_TO_TOUCH; i++) {
        ByteBufAllocator.DEFAULT.directBuffer(16).release();
      }
    }
    return List.copyOf(FOUND);
  }

  private static final class Factory extends ResourceLeakDetectorFactory {
    @Override
    @Deprecated
    public <T> ResourceLeakDetector<T> newResourceLeakDetector(
        Class<T> resource, int samplingInterval, long maxActive) {
      return newResourceLeakDetector(resource, samplingInterval);
    }

    @Override
    public <T> ResourceLeakDetector<T> newResourceLeakDetector(
        Class<T> resource, int samplingInterval) {
      return new Detector<>(resource, samplingInterval);
    }
  }

  private static final class Detector<T> extends ResourceLeakDetector<T> {
    Detector(Class<T> resource, int samplingInterval) {
      super(resource, samplingInterval);
    }

    @Override
    protected boolean needReport() {
      return true;
    }

    @Override
    protected void reportTracedLeak(String resourceType, String records) {
      FOUND.add(resourceType + records);
    }

    @Override
    protected void reportUntracedLeak(String resourceType) {
      FOUND.add(resourceType);
    }
  }
}
