package dev.weir.health;

import dev.weir.cluster.Word;
import dev.weir.config.ActiveHealthConfig;
import dev.weir.config.HealthConfig;
import dev.weir.node.Endpoint;

/** An endpoint, and what this node itself knows of its health. */
final class Watched {

  final Endpoint endpoint;
  final HealthConfig config;

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

  Watched(Endpoint endpoint, HealthConfig config, long bornNanos) {
    this.endpoint = endpoint;
    this.config = config;
    this.bornNanos = bornNanos;
    up = endpoint.healthy();
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
