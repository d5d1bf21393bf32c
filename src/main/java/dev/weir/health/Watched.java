package dev.weir.health;

import dev.weir.cluster.Word;
import dev.weir.config.ActiveHealthConfig;
import dev.weir.config.HealthConfig;
import dev.weir.config.UpstreamConfig;
import dev.weir.node.Endpoint;

/** An endpoint, and what this node itself knows of its health. */
final class Watched {

  final Endpoint endpoint;
  final HealthConfig config;

  /** How old what its name stands for may be. */
  final long dnsRefreshMillis;

  /** When it came to be watched. */
  final long bornNanos;

  /** Whether it works, as far as the probes of this node know. */
  boolean up;

  /** Whether it works, but calls itself degraded. */
  boolean degraded;

  /** Whether that is what a probe found, or what it was when nobody had probed it. */
  boolean proven;

  /** Why it is so, for people. */
  String reason = "";

  /** {@code null} while another node probes it for this one. */
  Prober prober;

  Watched(Endpoint endpoint, UpstreamConfig upstream, long bornNanos) {
    this.endpoint = endpoint;
    this.config = upstream.health();
    this.dnsRefreshMillis = upstream.pool().dnsRefreshMillis();
    this.bornNanos = bornNanos;
    up = endpoint.healthy();
  }

  /** Whether it is probed in the way that a configuration wants. */
  boolean isProbedAs(UpstreamConfig upstream) {
    return config.equals(upstream.health())
        && dnsRefreshMillis == upstream.pool().dnsRefreshMillis();
  }

  boolean hybrid() {
    return config.mode().equals(HealthConfig.HYBRID);
  }

  /** Whether its first probe decides at once what it is. */
  boolean firstDecides() {
    return !proven && config.active().initial().equals(ActiveHealthConfig.FIRST_PROBE);
  }

  /** That it is degraded. */
  Word degradedWord() {
    String why = "it calls itself degraded";
    return new Word(Word.DEGRADED, endpoint.upstream(), endpoint.id(), why, 0);
  }

  Word word() {
    return new Word(Word.PROBE, endpoint.upstream(), endpoint.id(), reason, 0);
  }
}
