package dev.weir.metrics;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** Numbers that one lane writes and any thread reads. */
abstract class Cells {

  /*
   * Only the lane's own event loop writes, so adding needs no atomic instruction: it reads what it
   * wrote itself and writes back in opaque mode, which on a 64-bit machine is a plain store that the
   * compiler neither splits nor leaves out. A reader sees each cell as it was a moment ago, and two
   * cells not necessarily as of the same moment; that is all that statistics need.
   *
   * The array is made at the first write, by the writer: a route that is never used costs nothing,
   * and the memory comes from the writer's own allocation buffer. The volatile field publishes the
   * zeroed array to readers. Unused elements at the end keep the cells of two lanes on different cache
   * lines wherever the collector moves the arrays.
   */
  private static final VarHandle ELEMENT = MethodHandles.arrayElementVarHandle(long[].class);

  private static final int PADDING = 8;

  private final int size;
  private volatile long[] values;
  private Thread writer;

  Cells(int size) {
    this.size = size;
  }

  /** Adds to a cell. Only on the lane's event loop. */
  final void add(int cell, long n) {
    assert isWriter() : "written on " + Thread.currentThread() + ", before on " + writer;
    long[] current = values;
    if (current == null) {
      current = allocate();
    }
    ELEMENT.setOpaque(current, cell, current[cell] + n);
  }

  /**
   * Adds to the histogram that begins at a cell. A counter must not fall: less than 0 counts as 0.
   */
  final void addDuration(int first, long nanos) {
    long duration = Math.max(0, nanos);
    add(first + Buckets.SUM, duration);
    add(first + Buckets.FIRST + Buckets.of(duration), 1);
  }

  private long[] allocate() {
    long[] fresh = new long[size + PADDING];
    values = fresh;
    return fresh;
  }

  private boolean isWriter() {
    if (writer == null) {
      writer = Thread.currentThread();
    }
    return writer == Thread.currentThread();
  }

  /** How many cells there are. */
  final int size() {
    return size;
  }

  /** Adds the cells to a sum of the lanes. Returns whether this lane has written any. */
  final boolean addTo(long[] sum) {
    long[] current = values;
    if (current != null) {
      for (int cell = 0; cell < size; cell++) {
        sum[cell] += (long) ELEMENT.getOpaque(current, cell);
      }
    }
    return current != null;
  }
}
