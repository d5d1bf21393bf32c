package dev.weir.health;

import dev.weir.cluster.Mesh;
import dev.weir.cluster.Opinion;
import dev.weir.cluster.Rendezvous;
import dev.weir.config.ActiveHealthConfig;
import dev.weir.config.HealthConfig;
import dev.weir.config.UpstreamConfig;
import dev.weir.node.Endpoint;
import dev.weir.node.Snapshot;
import dev.weir.node.Upstream;
import dev.weir.protection.Observation;
import io.vertx.core.Future;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The endpoints whose health is found out, by this node or by another one of the cluster, kept in
 * step with the configuration.
 */
final class Watch {

  private final String self;
  private final Probers probers;
  private final Verdicts verdicts;
  private final Mesh mesh;
  private final Map<Endpoint, Watched> watched = new IdentityHashMap<>();
  private final Groups groups = new Groups();
  private Snapshot snapshot;
  private volatile int probing; // Written by one thread.

  /**
   * @param self the id of this node
   */
  Watch(String self, Probers probers, Verdicts verdicts, Mesh mesh) {
    this.self = self;
    this.probers = probers;
    this.verdicts = verdicts;
    this.mesh = mesh;
  }

  /** How many endpoints this node probes. Any thread may ask. */
  int probing() {
    return probing;
  }

  /** Takes a configuration. Endpoints whose probes stay the same keep their counts. */
  void refresh(Snapshot current) {
    if (current == snapshot) {
      return;
    }
    List<Upstream> come = current.changedSince(snapshot);
    Map<Endpoint, Watched> before = new IdentityHashMap<>();
    if (snapshot != null) {
      snapshot.changedSince(current).forEach(upstream -> take(upstream, before));
    }
    snapshot = current;
    come.forEach(upstream -> refresh(upstream, before));
    before.values().forEach(this::drop);
    mesh.share(groups.of(current));
    for (Upstream upstream : come) {
      upstream.endpoints().stream().map(watched::get).filter(Objects::nonNull).forEach(this::speak);
      settleEach(upstream, null);
    }
  }

  /** Moves what is watched of an upstream. */
  private void take(Upstream upstream, Map<Endpoint, Watched> to) {
    for (Endpoint endpoint : upstream.endpoints()) {
      Watched known = watched.remove(endpoint);
      if (known != null) {
        to.put(endpoint, known);
      }
    }
  }

  private void drop(Watched gone) {
    stop(gone);
    if (!watched.containsKey(gone.endpoint)) {
      mesh.say(gone.word(), false);
    }
  }

  private void speak(Watched each) {
    mesh.say(each.word(), each.proven && !each.up);
  }

  private void refresh(Upstream upstream, Map<Endpoint, Watched> before) {
    UpstreamConfig config = upstream.config();
    for (Endpoint endpoint : upstream.endpoints()) {
      if (!config.health().mode().equals(HealthConfig.OFF)) {
        Watched known = before.get(endpoint);
        boolean same = known != null && known.isProbedAs(config);
        watched.put(endpoint, same ? before.remove(endpoint) : begin(endpoint, config, known));
      } else {
        verdicts.accept(endpoint, true, "it is not probed any longer");
        verdicts.proven(endpoint, false);
        verdicts.degraded(endpoint, false);
      }
    }
  }

  /**
   * An endpoint that was watched or proven before stays what it is, whatever is asked of new ones.
   */
  private Watched begin(Endpoint endpoint, UpstreamConfig config, Watched known) {
    Watched next = new Watched(endpoint, config, known == null ? probers.nanos() : known.bornNanos);
    boolean startsUp = next.config.active().initial().equals(ActiveHealthConfig.START_UP);
    next.proven = known == null ? startsUp || endpoint.proven() : known.proven;
    if (known != null) {
      next.up = known.up;
      next.reason = known.reason;
    } else if (!next.proven) {
      next.up = false;
      next.reason = "it was not probed yet";
    }
    return next;
  }

  /** Takes what traffic has seen. It matters to those alone whose probes fail, mostly to none. */
  void observed(List<Observation> observations) {
    for (Watched each : watched.values()) {
      boolean fails = each.hybrid() && each.prober != null && each.prober.changing();
      if (fails && observations.stream().anyMatch(seen -> answers(each.endpoint, seen))) {
        each.prober.answered();
      }
    }
  }

  private static boolean answers(Endpoint endpoint, Observation seen) {
    return seen.succeeded()
        && seen.endpoint().equals(endpoint.id())
        && seen.upstream().equals(endpoint.upstream());
  }

  /**
   * Does what follows from what is known by now.
   *
   * @param upstream of which something else is known than before; {@code null} for any
   * @param endpoint the id of one of its endpoints; {@code null} for any
   */
  void settle(String upstream, String endpoint) {
    for (Upstream each : snapshot.upstreams().values()) {
      if (upstream == null || upstream.equals(each.name())) {
        settleEach(each, endpoint);
      }
    }
  }

  private void settleEach(Upstream upstream, String endpoint) {
    List<String> group = mesh.group(upstream.name());
    for (Endpoint each : upstream.endpoints()) {
      Watched found = watched.get(each);
      if (found != null && (endpoint == null || endpoint.equals(each.id()))) {
        decide(found, group);
      }
    }
  }

  private void decide(Watched each, List<String> group) {
    Endpoint endpoint = each.endpoint;
    Opinion opinion = mesh.opinion(group, endpoint.upstream(), endpoint.id());
    boolean owner = self.equals(Rendezvous.owner(endpoint.toString(), group));
    boolean ejected = each.hybrid() && endpoint.ejected();
    Stance stance = Stance.of(owner, each.up, ejected, opinion, each.config.quorum());
    if (!stance.probes()) {
      stop(each);
    } else if (each.prober == null) {
      probe(each, opinion.against() > 0);
    }
    verdicts.accept(endpoint, !stance.down(), each.up ? reason(stance, opinion) : each.reason);
    verdicts.degraded(endpoint, each.degraded || opinion.degraded());
  }

  /** Why an endpoint that works for this node is what it is. */
  private static String reason(Stance stance, Opinion opinion) {
    String share = opinion.against() + " of " + opinion.nodes() + " nodes";
    if (stance.down()) {
      return opinion.probe().reason() + "; " + share + " say so";
    }
    return opinion.against() == 0 ? "the probes succeed" : "only " + share + " say otherwise";
  }

  /**
   * @param asked whether somebody says that it does not work, and wants to know what others see
   */
  private void probe(Watched each, boolean asked) {
    boolean firstDecides = each.firstDecides() || asked && each.up;
    each.prober = probers.prober(each, firstDecides, listener(each));
    each.prober.start(asked);
    probing++;
  }

  private Prober.Listener listener(Watched each) {
    return new Prober.Listener() {
      @Override
      public void flipped(boolean up, String reason) {
        each.up = up;
        each.proven = true;
        verdicts.proven(each.endpoint, true);
        each.reason = reason;
        speak(each);
        decide(each, mesh.group(each.endpoint.upstream()));
      }

      @Override
      public void succeeded(boolean degraded) {
        if (each.degraded != degraded) {
          each.degraded = degraded;
          mesh.say(each.degradedWord(), degraded);
          decide(each, mesh.group(each.endpoint.upstream()));
        }
        if (each.hybrid()) {
          verdicts.confirmed(each.endpoint);
        }
      }
    };
  }

  /**
   * Probes an endpoint at once. Where this node probes it anyway, the result counts as any other.
   *
   * @return fails when there is no such endpoint
   */
  Future<Probed> probe(String upstream, String id) {
    Upstream found = snapshot.upstreams().get(upstream);
    Endpoint endpoint = found == null ? null : found.endpoint(id);
    if (endpoint == null) {
      return Future.failedFuture("there is no such endpoint");
    }
    Watched known = watched.get(endpoint);
    return known != null && known.prober != null
        ? known.prober.now()
        : probeOnce(new Watched(endpoint, found.config(), probers.nanos()));
  }

  private Future<Probed> probeOnce(Watched each) {
    Prober prober = probers.prober(each, false, (up, reason) -> {});
    return prober.now().onComplete(result -> prober.stop());
  }

  private void stop(Watched each) {
    if (each.prober != null) {
      each.prober.stop();
      each.prober = null;
      probing--;
      if (each.degraded) {
        each.degraded = false; // Who probes it from now on knows better.
        mesh.say(each.degradedWord(), false);
      }
    }
  }

  Future<Void> stop() {
    watched.values().forEach(this::stop);
    watched.clear();
    return probers.close();
  }
}
