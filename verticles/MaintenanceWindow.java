import dev.weir.WeirOperator;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;

/**
 * Takes an endpoint out for a time: it drains, so that no client is cut off, and takes part again when
 * the window is over, even if nobody is left by then to say so, because the gateway itself takes the
 * command back.
 *
 * <p>From source, beside a gateway that was started with --cluster and "control": {"secret": ...}:
 *
 * <pre>
 *   java -jar target/weir.jar run MaintenanceWindow.java -cp verticles --cluster --conf '{
 *     "upstream": "orders", "endpoint": "127.0.0.1:9002", "minutes": 30, "at": "2030-01-31T03:00:00Z",
 *     "everyHours": 24, "secret": "that of the gateway"}'
 * </pre>
 *
 * <p>Without "at" it begins at once, without "everyHours" it happens once. Deployed into the JVM of a
 * gateway without a secret it needs none. It publishes at "maintenance" what comes of it: {"state":
 * "draining"}, {"state": "idle"} once nothing is in flight at the endpoint, or {"state": "refused",
 * "reason": ...}.
 */
public class MaintenanceWindow extends VerticleBase {

  private static final long LOOK_MILLIS = 100;

  private WeirOperator operator;
  private JsonObject target;
  private long windowMillis;

  @Override
  public Future<?> start() {
    JsonObject config = config();
    operator = new WeirOperator(vertx, config.getString("key"), config.getString("secret"));
    target =
        new JsonObject()
            .put("upstream", config.getString("upstream"))
            .put("endpoint", config.getString("endpoint"));
    windowMillis = (long) (config.getDouble("minutes") * 60_000);
    long every = Duration.ofHours(config.getLong("everyHours", 0L)).toMillis();
    schedule(delay(config.getString("at"), every), every);
    return Future.succeededFuture();
  }

  /** Until the first window that begins from now on; what is past happens at once if it is single. */
  private static long delay(String at, long every) {
    long missing =
        at == null ? 0 : Duration.between(Instant.now(), Instant.parse(at)).toMillis();
    return missing < 0 && every > 0 ? Math.floorMod(missing, every) : Math.max(0, missing);
  }

  private void schedule(long delay, long every) {
    vertx.setTimer(
        Math.max(1, delay),
        due -> {
          open();
          if (every > 0) {
            schedule(every, every);
          }
        });
  }

  private void open() {
    JsonObject drain = target.copy().put("op", "endpoint.drain").put("drain", true);
    operator
        .ask(drain.put("ttlMillis", windowMillis))
        .onSuccess(
            answer -> {
              tell("draining", null);
              look();
            })
        .onFailure(failure -> tell("refused", failure.getMessage()));
  }

  private void look() {
    operator
        .ask(new JsonObject().put("op", "upstream.show").put("upstream", target.getString("upstream")))
        .onSuccess(
            page -> {
              if (inFlight(page) > 0) {
                vertx.setTimer(LOOK_MILLIS, again -> look());
              } else {
                tell("idle", null);
              }
            });
  }

  private int inFlight(JsonObject page) {
    return page.getJsonArray("endpoints").stream()
        .map(JsonObject.class::cast)
        .filter(each -> each.getString("endpoint").equals(target.getString("endpoint")))
        .mapToInt(each -> each.getInteger("inFlight"))
        .sum();
  }

  private void tell(String state, String reason) {
    JsonObject event = target.copy().put("state", state);
    if (reason != null) {
      event.put("reason", reason);
    }
    System.out.println("maintenance: " + event.encode());
    vertx.eventBus().publish("maintenance", event);
  }
}
