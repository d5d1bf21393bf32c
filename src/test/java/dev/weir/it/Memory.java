package dev.weir.it;

import io.netty.util.internal.PlatformDependent;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;

/**
 * How much memory this JVM uses.
 *
 * @param heap what lives on the heap, in bytes
 * @param direct what Netty reserved by itself and what the JDK knows of, in bytes
 */
record Memory(long heap, long direct) {

  /** Collects garbage and looks. */
  static Memory now() {
    System.gc();
    long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    long jdk =
        ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
            .filter(pool -> pool.getName().equals("direct"))
            .mapToLong(BufferPoolMXBean::getMemoryUsed)
            .sum();
    return new Memory(heap, jdk + Math.max(0, PlatformDependent.usedDirectMemory()));
  }
}
