package dev.weir;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.EventExecutor;
import io.vertx.core.Context;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VertxException;
import io.vertx.core.impl.ContextBuilderImpl;
import io.vertx.core.internal.CloseFuture;
import io.vertx.core.internal.ContextInternal;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Instances of a role on one event loop after the other. Vert.x itself gives out its event loops to
 * whoever asks next: whatever else asks meanwhile shifts the turn, and then one event loop has two
 * instances while the exchanges of another one have to cross.
 */
final class InTurn implements Deployable {

  private record Seat(Deployable role, ContextInternal context) {
    Future<Void> run(Callable<Future<?>> step) {
      Promise<Void> done = context.promise();
      context.runOnContext(
          now -> {
            try {
              step.call().<Void>mapEmpty().onComplete(done);
            } catch (Throwable e) { // A class that is missing, too, or nobody would ever hear.
              done.fail(e);
            }
          });
      return done.future();
    }
  }

  private final Supplier<Deployable> role;
  private final int instances;
  private final int first;
  private final Queue<Seat> taken = new ConcurrentLinkedQueue<>(); // From every event loop.

  /**
   * @param first the number of the event loop that has the first instance, counted round
   */
  InTurn(Supplier<Deployable> role, int instances, int first) {
    this.role = role;
    this.instances = instances;
    this.first = first;
  }

  @Override
  public Future<?> deploy(Context context) {
    ContextInternal own = (ContextInternal) context;
    List<EventExecutor> loops = new ArrayList<>();
    own.owner().nettyEventLoopGroup().forEach(loops::add);
    List<Deployable> roles = Stream.generate(role).limit(instances).toList();
    List<Future<?>> deployed = new ArrayList<>();
    for (int i = 0; i < instances; i++) {
      EventLoop loop = (EventLoop) loops.get((first + i) % loops.size());
      deployed.add(deploy(new Seat(roles.get(i), contextOn(loop, own)), own));
    }
    return Future.join(deployed)
        .recover(failure -> undeploy(context).transform(gone -> Future.failedFuture(failure)));
  }

  /** One of the same deployment, without which Vert.x closes neither timers nor consumers. */
  private static ContextInternal contextOn(EventLoop loop, ContextInternal own) {
    return ((ContextBuilderImpl) own.owner().contextBuilder())
        .withDeploymentContext(own.deployment())
        .withClassLoader(own.classLoader())
        .withEventLoop(loop)
        .withCloseFuture(new CloseFuture())
        .build();
  }

  private Future<Void> deploy(Seat seat, ContextInternal own) {
    return seat.run(() -> seat.role.deploy(seat.context))
        .onSuccess(deployed -> taken.add(seat))
        .recover(failure -> closed(seat, failure))
        .compose(deployed -> isGone(own) ? late(seat) : Future.succeededFuture());
  }

  private static Future<Void> closed(Seat seat, Throwable failure) {
    return seat.context.close().transform(closed -> Future.failedFuture(failure));
  }

  /** Whether Vert.x has closed the deployment before it was complete. */
  private static boolean isGone(ContextInternal own) {
    return own.closeFuture().isClosed();
  }

  private Future<Void> late(Seat seat) {
    taken.remove(seat);
    return undeploy(seat)
        .transform(gone -> Future.failedFuture(new VertxException("Vert.x is closed", true)));
  }

  @Override
  public Future<?> undeploy(Context context) {
    return Future.join(taken.stream().map(InTurn::undeploy).toList());
  }

  private static Future<Void> undeploy(Seat seat) {
    return seat.run(() -> seat.role.undeploy(seat.context)).eventually(seat.context::close);
  }
}
