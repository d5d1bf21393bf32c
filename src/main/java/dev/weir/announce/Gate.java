package dev.weir.announce;

import dev.weir.config.AnnounceConfig;
import dev.weir.config.Announcement;
import dev.weir.config.UpstreamConfig;
import dev.weir.config.WeirConfig;
import java.util.HashMap;
import java.util.Map;

/** Decides which announcements are accepted: anybody on the bus may send one. For one thread. */
final class Gate {
  private final Ledger ledger;
  private final Map<String, Allowance> allowances = new HashMap<>();

  Gate(Ledger ledger) {
    this.ledger = ledger;
  }

  /**
   * Looks at one.
   *
   * @throws Denial when it is not accepted
   */
  void check(Announcement said, WeirConfig config, long now) {
    allowances.keySet().retainAll(config.upstreams().keySet());
    UpstreamConfig upstream = config.upstreams().get(said.upstream());
    if (upstream == null || upstream.announce() == null) {
      String why = "there is no upstream \"" + said.upstream() + "\" that takes announcements";
      throw new Denial(Denial.NOT_FOUND, why, "/upstream");
    }
    AnnounceConfig rules = upstream.announce();
    if (!allowance(said.upstream(), rules, now)) {
      String most = "more than " + rules.maxPerSecond() + " announcements a second";
      throw new Denial(Denial.LIMIT, most, "");
    }
    check(said, rules);
    if (upstream.endpoints().stream().anyMatch(each -> each.id().equals(id(said)))) {
      throw new Denial(Denial.EXISTS, "the configuration has " + id(said), "/host");
    }
  }

  private boolean allowance(String upstream, AnnounceConfig rules, long now) {
    return allowances
        .computeIfAbsent(upstream, missing -> new Allowance(rules.maxPerSecond(), now))
        .take(rules.maxPerSecond(), now);
  }

  private void check(Announcement said, AnnounceConfig rules) {
    String host = said.endpoint().host();
    if (!rules.allows(host)) {
      throw new Denial(Denial.FORBIDDEN, "the host \"" + host + "\" is not allowed", "/host");
    }
    if (said.ttlMillis() > rules.maxTtlMillis()) {
      String most = "a time to live of more than " + rules.maxTtlMillis() + " ms";
      throw new Denial(Denial.FORBIDDEN, most, "/ttlMillis");
    }
    boolean adds = !said.isWithdrawn() && ledger.known(said) == null;
    if (adds && ledger.size(said.upstream()) >= rules.maxEndpoints()) {
      String most = "more than " + rules.maxEndpoints() + " announced endpoints";
      throw new Denial(Denial.LIMIT, most, "/upstream");
    }
  }

  private static String id(Announcement said) {
    return said.endpoint().id();
  }
}
