package dev.weir.protection;

import dev.weir.cluster.Mesh;
import dev.weir.config.OutlierConfig;
import dev.weir.node.Endpoint;
import dev.weir.node.Upstream;
import dev.weir.resilience.Finding;
import dev.weir.resilience.OutlierDetector;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/** Ejects the endpoints of one upstream that its detector finds. Any thread may use it. */
final class Outliers {

  private final String upstream;
  private final OutlierConfig config;
  private final Map<Endpoint, Seat> seats;
  private final Announcer announcer;
  private final SharedEjections ejections;
  private final OutlierDetector<Endpoint> detector;

  /**
   * @param seats those of its endpoints
   */
  Outliers(Upstream upstream, Map<Endpoint, Seat> seats, Announcer announcer, Mesh mesh, long now) {
    this.upstream = upstream.name();
    this.seats = seats;
    this.announcer = announcer;
    config = upstream.config().outlier();
    ejections = new SharedEjections(upstream.name(), mesh);
    detector = new OutlierDetector<>(config, Outliers::chance, this::found, now);
  }

  private static double chance() {
    return ThreadLocalRandom.current().nextDouble();
  }

  OutlierConfig config() {
    return config;
  }

  OutlierDetector<Endpoint> detector() {
    return detector;
  }

  /** Says which endpoints there are, before their seats come and go. */
  void members(Collection<Endpoint> endpoints) {
    detector.members(endpoints);
  }

  /** An endpoint is gone. */
  void leave(Endpoint endpoint) {
    ejections.forget(endpoint);
  }

  /** Lets everybody return, for good. */
  void close(long now) {
    detector.close(now);
    seats.keySet().forEach(ejections::forget);
    seats.values().forEach(Seat::unwatch);
  }

  /** Other nodes say something else than before, of one endpoint or of all. */
  void follow(String endpoint, int quorum, long now) {
    ejections.follow(detector, seats.keySet(), endpoint, quorum, now);
  }

  private void found(Finding<Endpoint> finding) {
    Seat seat = seats.get(finding.endpoint());
    if (seat != null && finding.outcome() == Finding.Outcome.EJECTED) {
      seat.ejected(true);
    } else if (seat != null && finding.outcome() == Finding.Outcome.RETURNED) {
      seat.ejected(false);
    }
    announcer.found(upstream, finding);
    ejections.found(finding);
  }
}
