package dev.weir.it;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SingleThreadIoEventLoop;
import io.vertx.core.impl.transports.NioTransport;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicLong;

/** A transport whose event loops count the tasks that they are given. */
final class CountingTransport extends NioTransport {

  private final AtomicLong tasks = new AtomicLong();

  /** How many tasks the event loops were given so far. */
  long tasks() {
    return tasks.get();
  }

  @Override
  public EventLoopGroup eventLoopGroup(int type, int threads, ThreadFactory factory, int ioRatio) {
    return new MultiThreadIoEventLoopGroup(threads, factory, ioHandlerFactory()) {
      @Override
      protected IoEventLoop newChild(Executor executor, IoHandlerFactory handler, Object... more) {
        return new Loop(this, executor, handler);
      }
    };
  }

  private final class Loop extends SingleThreadIoEventLoop {
    Loop(MultiThreadIoEventLoopGroup group, Executor executor, IoHandlerFactory handler) {
      super(group, executor, handler);
    }

    @Override
    public void execute(Runnable task) {
      tasks.incrementAndGet();
      super.execute(task);
    }

    @Override
    public void lazyExecute(Runnable task) {
      tasks.incrementAndGet();
      super.lazyExecute(task);
    }
  }
}
