package dev.weir;

import static io.vertx.core.eventbus.ReplyFailure.NO_HANDLERS;

import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.internal.logging.Logger;
import io.vertx.core.internal.logging.LoggerFactory;
import io.vertx.core.json.JsonObject;
import io.vertx.core.spi.cluster.ClusterManager;
import java.time.Duration;
import java.util.Objects;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Announces a service as an endpoint of an upstream, and keeps it one until it is stopped. The
 * gateway may be in the same Vert.x or anywhere in its cluster, and may come later or go in
 * between.
 *
 * <pre>{@code
 * WeirAnnouncer announcer = new WeirAnnouncer(vertx, "orders", "10.0.0.7", 8080).weight(2);
 * announcer.start();
 * // and before the service ends
 * announcer.stop(Duration.ofSeconds(30)).compose(stopped -> server.close());
 * }</pre>
 *
 * <p>Set it up before it is started. Its methods may be called on any thread; it works on one
 * context, that of the first call to {@link #start()}.
 */
public final class WeirAnnouncer {

  /** Where services announce themselves. */
  public static final String ADDRESS = "weir.upstream.announce";

  /** Ten seconds. */
  public static final long DEFAULT_TTL_MILLIS = 10_000;

  /** How many heartbeats there are in a time to live: two may be lost. */
  private static final int HEARTBEATS = 3;

  /** How often it asks whether anything is under way while it drains. */
  private static final long DRAIN_POLL_MILLIS = 100;

  /** A pick of an endpoint may be on its way to where it is counted; after that it is. */
  private static final int QUIET_POLLS = 2;

  private static final DeliveryOptions PATIENCE = new DeliveryOptions().setSendTimeout(5000);
  private static final long NO_TIMER = -1;
  private static final String DRAINING = "draining";

  private static final Logger LOG = LoggerFactory.getLogger(WeirAnnouncer.class);

  private final Vertx vertx;
  private final JsonObject announcement;
  private Supplier<JsonObject> load = JsonObject::new;
  private Signature signature; // null for none
  private LongSupplier millis = System::currentTimeMillis;
  private long signedAt; // Belongs to the context.
  private long ttlMillis = DEFAULT_TTL_MILLIS;
  private Context context; // Guarded by this
  private volatile String state = "up";
  private long timer = NO_TIMER; // The rest belongs to the context.
  private Future<JsonObject> last = Future.succeededFuture();

  /**
   * Announces nothing yet.
   *
   * @param upstream the name of the upstream, which must have {@code announce} in its configuration
   * @param host where the gateway reaches the service: a name or an IP address, IPv6 without
   *     brackets
   * @param port 1 to 65535
   */
  public WeirAnnouncer(Vertx vertx, String upstream, String host, int port) {
    this.vertx = Objects.requireNonNull(vertx, "vertx");
    announcement =
        new JsonObject()
            .put("upstream", Objects.requireNonNull(upstream, "upstream"))
            .put("host", Objects.requireNonNull(host, "host"))
            .put("port", port);
    ClusterManager manager = ((VertxInternal) vertx).clusterManager();
    if (manager != null) {
      announcement.put("member", manager.getNodeId());
    }
  }

  /**
   * Its share of the traffic relative to the other endpoints, 0 to 1000000; 0 takes none; default
   * 1.
   */
  public WeirAnnouncer weight(int weight) {
    announcement.put("weight", weight);
    return this;
  }

  /** Where it stands, for {@code balancer.preferZone}; default none. */
  public WeirAnnouncer zone(String zone) {
    announcement.put("zone", zone);
    return this;
  }

  /**
   * How long it stays an endpoint when the gateway hears nothing more of it, 1 s to 10 min and no
   * more than the upstream allows; a heartbeat comes three times as often; default {@value
   * #DEFAULT_TTL_MILLIS}.
   */
  public WeirAnnouncer ttlMillis(long millis) {
    announcement.put("ttlMillis", millis);
    ttlMillis = millis;
    return this;
  }

  /**
   * Tells with every heartbeat how busy the service is, for the policy {@code reported-load}.
   *
   * @param report gives an object with any of {@code utilization} (0 is idle, 1 is busy all the
   *     time), {@code eventLoopLagMillis} and {@code errorRatio} (0 to 1); called on the context
   */
  public WeirAnnouncer load(Supplier<JsonObject> report) {
    load = Objects.requireNonNull(report, "report");
    return this;
  }

  /**
   * Signs every announcement, for upstreams whose {@code announce} is {@code signed}. The clocks of
   * the service and of the gateway must be together, to well within the time to live.
   *
   * @param key the id of a key in {@code control} of the gateway
   * @param secret its secret
   */
  public WeirAnnouncer key(String key, String secret) {
    signature = new Signature(key, secret);
    return this;
  }

  /** Stamps what it signs by another clock, in milliseconds since 1970. */
  WeirAnnouncer clock(LongSupplier millis) {
    this.millis = millis;
    return this;
  }

  /**
   * Announces the service, now and with every heartbeat. Call it once the service listens.
   *
   * @return fails when the first announcement was refused, or when nobody was there to take it; the
   *     heartbeats go on in any case until {@link #stop}
   */
  public Future<Void> start() {
    Promise<Void> first = Promise.promise();
    context()
        .runOnContext(
            begin -> {
              state = "up";
              vertx.cancelTimer(timer);
              timer = vertx.setPeriodic(Math.max(1, ttlMillis / HEARTBEATS), beat -> beat());
              announce().<Void>mapEmpty().onComplete(first);
            });
    return first.future();
  }

  private synchronized Context context() {
    if (context == null) {
      context = vertx.getOrCreateContext();
    }
    return context;
  }

  private void beat() {
    if (last.isComplete()) { // Else the one before is still on its way.
      announce();
    }
  }

  /** One after the other, so that they can't overtake one another. */
  private Future<JsonObject> announce() {
    last = last.otherwiseEmpty().compose(done -> send());
    return last;
  }

  private Future<JsonObject> send() {
    JsonObject message = announcement.copy().put("state", state).mergeIn(report());
    return vertx
        .eventBus()
        .<JsonObject>request(ADDRESS, signature == null ? message : signed(message), PATIENCE)
        .map(answer -> checked(answer.body()));
  }

  /** Each is signed later than the one before, or it would not count. */
  private JsonObject signed(JsonObject message) {
    signedAt = Math.max(signedAt + 1, millis.getAsLong());
    return signature.sign(ADDRESS, message, signedAt);
  }

  /** A service that can't say how busy it is still is there. */
  private JsonObject report() {
    try {
      return load.get();
    } catch (RuntimeException e) {
      LOG.warn("The load of " + announcement.getString("upstream") + " is not known", e);
      return new JsonObject();
    }
  }

  private static JsonObject checked(JsonObject answer) {
    JsonObject error = answer.getJsonObject("error");
    if (error != null) {
      throw new IllegalArgumentException(
          error.getString("code") + ": " + error.getString("message"));
    }
    return answer;
  }

  /**
   * Lets the service run empty: it gets nothing new from now on, but stays known.
   *
   * @param patience how long to wait for that
   * @return completes when nothing is under way at the service on any gateway, or when the patience
   *     is over
   */
  public Future<Void> drain(Duration patience) {
    Promise<Void> empty = Promise.promise();
    long deadline = System.nanoTime() + patience.toNanos();
    context()
        .runOnContext(
            begin -> {
              state = DRAINING;
              poll(deadline, 0, empty);
            });
    return empty.future();
  }

  private void poll(long deadline, int quiet, Promise<Void> empty) {
    announce()
        .onComplete(
            answer -> {
              int calm = isIdle(answer) ? quiet + 1 : 0;
              if (calm >= QUIET_POLLS || deadline - System.nanoTime() <= 0) {
                empty.complete();
              } else {
                vertx.setTimer(DRAIN_POLL_MILLIS, again -> poll(deadline, calm, empty));
              }
            });
  }

  /** Where there is no gateway, nothing comes from one. */
  private static boolean isIdle(AsyncResult<JsonObject> answer) {
    return answer.succeeded()
        ? answer.result().getInteger("inFlight") == 0
        : answer.cause() instanceof ReplyException e && e.failureType() == NO_HANDLERS;
  }

  /**
   * Lets the service run empty, and then withdraws it. The service may end when this completes.
   *
   * @param patience how long to wait for what is under way
   * @return completes when every gateway knows that the service is gone, or can't be reached
   */
  public Future<Void> stop(Duration patience) {
    return drain(patience).compose(drained -> withdraw());
  }

  /**
   * Withdraws the service at once. What is under way there is not touched.
   *
   * @return completes when every gateway knows that the service is gone, or can't be reached
   */
  public Future<Void> withdraw() {
    Promise<Void> gone = Promise.promise();
    context()
        .runOnContext(
            begin -> {
              vertx.cancelTimer(timer);
              state = "withdrawn";
              announce().otherwiseEmpty().<Void>mapEmpty().onComplete(gone);
            });
    return gone.future();
  }
}
