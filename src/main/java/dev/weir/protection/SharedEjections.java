package dev.weir.protection;

import dev.weir.cluster.Mesh;
import dev.weir.cluster.Opinion;
import dev.weir.cluster.Word;
import dev.weir.node.Endpoint;
import dev.weir.resilience.Finding;
import dev.weir.resilience.OutlierDetector;
import dev.weir.resilience.Reason;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What the nodes of a cluster tell one another of the ejections from one upstream. */
final class SharedEjections {

  private final String upstream;
  private final Mesh mesh;

  SharedEjections(String upstream, Mesh mesh) {
    this.upstream = upstream;
    this.mesh = mesh;
  }

  private Word word(Endpoint endpoint, String reason, long millis) {
    return new Word(Word.TRAFFIC, upstream, endpoint.id(), reason, millis);
  }

  /** Only what this node has found itself is news to the others. Any thread may call it. */
  void found(Finding<Endpoint> finding) {
    boolean ejected = finding.outcome() == Finding.Outcome.EJECTED;
    if (ejected && finding.reason() != Reason.OTHER_NODES) {
      long millis = TimeUnit.NANOSECONDS.toMillis(finding.nanos());
      mesh.say(word(finding.endpoint(), Announcer.word(finding.reason()), millis), true);
    } else if (finding.outcome() == Finding.Outcome.RETURNED) {
      forget(finding.endpoint());
    }
  }

  /** This node has nothing against an endpoint any longer. Any thread may call it. */
  void forget(Endpoint endpoint) {
    mesh.say(word(endpoint, "", 0), false);
  }

  /**
   * Ejects those that as many nodes speak against as it takes, if one has ejected them, and lets
   * them return when they don't any longer. On the event loop of the mesh only.
   *
   * @param id whom it is about; {@code null} for all
   * @param quorum how many it takes
   */
  void follow(
      OutlierDetector<Endpoint> detector,
      Collection<Endpoint> endpoints,
      String id,
      int quorum,
      long now) {
    List<String> group = mesh.group(upstream);
    for (Endpoint each : endpoints) {
      if (id == null || id.equals(each.id())) {
        follow(detector, each, mesh.opinion(group, upstream, each.id()), quorum, now);
      }
    }
  }

  private static void follow(
      OutlierDetector<Endpoint> detector,
      Endpoint endpoint,
      Opinion opinion,
      int quorum,
      long now) {
    if (opinion.traffic() != null && opinion.agreed(quorum)) {
      long nanos = TimeUnit.MILLISECONDS.toNanos(opinion.traffic().millis());
      detector.follow(endpoint, opinion.against(), nanos, now);
    } else {
      detector.unfollow(endpoint, now);
    }
  }
}
