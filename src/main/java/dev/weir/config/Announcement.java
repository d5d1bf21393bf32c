package dev.weir.config;

import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * What a service says of itself: that it is an endpoint of an upstream, and how it does.
 *
 * @param upstream the name of the upstream
 * @param endpoint where it is and how much it weighs; it drains when the state is {@value
 *     #DRAINING}
 * @param state {@value #UP}, {@value #DRAINING}: it gets nothing new, {@value #WITHDRAWN}: it is no
 *     endpoint any longer, or {@value #LOAD}: it is one already, and only says how busy it is;
 *     default {@value #UP}
 * @param ttlMillis how long this holds when nothing else is heard, 1 s to 10 min; default {@value
 *     #DEFAULT_TTL_MILLIS}
 * @param member the id of the member of the Vert.x cluster that the service runs on: the service is
 *     gone when that is; default none
 * @param report how busy it is; {@code null} when it does not say
 */
public record Announcement(
    String upstream,
    EndpointConfig endpoint,
    String state,
    long ttlMillis,
    String member,
    LoadReport report) {

  /** It takes requests. */
  public static final String UP = "up";

  /** It finishes what it has. */
  public static final String DRAINING = "draining";

  /** It is gone. */
  public static final String WITHDRAWN = "withdrawn";

  /** Nothing changes but what is known of its load. */
  public static final String LOAD = "load";

  /** Ten seconds. */
  public static final long DEFAULT_TTL_MILLIS = 10_000;

  private static final Shape<String> STATE = Shape.word(List.of(UP, DRAINING, WITHDRAWN, LOAD));

  /** Reads one; what is absent has its default. */
  public static Announcement read(ObjectReader r) {
    String upstream = r.required("upstream", Common.NAME);
    EndpointConfig endpoint = EndpointConfig.announced(r);
    String state = r.optional("state", UP, STATE);
    LoadReport report = LoadReport.read(r);
    if (LOAD.equals(state) && report == null) {
      r.problem("utilization", "how busy it is, or eventLoopLagMillis");
    }
    return new Announcement(
        upstream,
        endpoint.withDrain(DRAINING.equals(state)),
        state,
        r.optional("ttlMillis", DEFAULT_TTL_MILLIS, AnnounceConfig.TTL),
        r.optional("member", null, Common.NAME),
        report);
  }

  /** Whether it says nothing but how busy the service is. */
  public boolean isLoad() {
    return state.equals(LOAD);
  }

  /** Whether the service is no endpoint any longer. */
  public boolean isWithdrawn() {
    return state.equals(WITHDRAWN);
  }

  /** What {@link #read} reads again. */
  public JsonObject toJson() {
    JsonObject json = RecordJson.object(endpoint);
    List.of("drain", "enabled", "health").forEach(json::remove); // Not for a service to say.
    json.put("upstream", upstream)
        .put("state", state)
        .put("ttlMillis", ttlMillis)
        .put("member", member);
    return report == null ? json : json.mergeIn(report.toJson());
  }
}
