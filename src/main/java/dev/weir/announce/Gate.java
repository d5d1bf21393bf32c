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
  private final Stamps stamps;
  private final Map<String, Allowance> allowances = new HashMap<>();

  Gate(Ledger ledger, Stamps stamps) {
    this.ledger = ledger;
    this.stamps = stamps;
  }

  /**
   * Looks at one that a service has sent here.
   *
   * @param now the time in nanoseconds
   * @param wallMillis the time in milliseconds since 1970
   * @throws Denial when it is not accepted
   */
  void check(Notice notice, WeirConfig config, long now, long wallMillis) {
    allowances.keySet().retainAll(config.upstreams().keySet());
    checkTold(notice, config, wallMillis);
    if (!stamps.isNews(notice) || notice.envelope() != null && isOld(notice)) {
      throw new Denial(Denial.FORBIDDEN, "something that was signed later is known", "/at");
    }
    AnnounceConfig rules = rules(notice.said(), config);
    checkRoom(notice.said(), rules);
    // Last, so that what is refused for itself takes nothing from those who may announce.
    if (!allowance(notice.said().upstream(), rules, now)) {
      String most = "more than " + rules.maxPerSecond() + " announcements a second";
      throw new Denial(Denial.LIMIT, most, "");
    }
  }

  private boolean isOld(Notice notice) {
    return !notice.said().isLoad() && !ledger.isNews(notice);
  }

  /**
   * Looks at one that another node has told of: everything but how many there are, for nodes that
   * have heard of them in another order must come to the same.
   *
   * @param wallMillis the time in milliseconds since 1970
   * @throws Denial when it is not accepted
   */
  void checkTold(Notice notice, WeirConfig config, long wallMillis) {
    Announcement said = notice.said();
    AnnounceConfig rules = rules(said, config);
    checkSigned(notice, rules, wallMillis);
    check(said, rules);
    UpstreamConfig upstream = config.upstreams().get(said.upstream());
    boolean configured = upstream.endpoints().stream().anyMatch(each -> each.id().equals(id(said)));
    if (said.isLoad()) {
      checkThere(said, configured);
    } else if (configured) {
      throw new Denial(Denial.EXISTS, "the configuration has " + id(said), "/host");
    }
  }

  private void checkThere(Announcement said, boolean configured) {
    if (!configured && ledger.known(said) == null) {
      throw new Denial(Denial.NOT_FOUND, "there is no endpoint " + id(said), "/host");
    }
  }

  private static AnnounceConfig rules(Announcement said, WeirConfig config) {
    UpstreamConfig upstream = config.upstreams().get(said.upstream());
    if (upstream == null || upstream.announce() == null) {
      String why = "there is no upstream \"" + said.upstream() + "\" that takes announcements";
      throw new Denial(Denial.NOT_FOUND, why, "/upstream");
    }
    return upstream.announce();
  }

  private static void checkSigned(Notice notice, AnnounceConfig rules, long wallMillis) {
    if (notice.envelope() == null) {
      if (rules.signed()) {
        throw new Denial(Denial.FORBIDDEN, "announcements for it have to be signed", "");
      }
      return;
    }
    boolean ahead = notice.stamp() - wallMillis > rules.maxTtlMillis();
    if (ahead || notice.leftMillis() == 0) {
      long off = Math.abs(notice.stamp() - wallMillis);
      throw new Denial(Denial.FORBIDDEN, "it is " + off + " ms from the clock of the node", "/at");
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
  }

  private void checkRoom(Announcement said, AnnounceConfig rules) {
    boolean adds = !said.isWithdrawn() && !said.isLoad() && ledger.known(said) == null;
    if (adds && ledger.size(said.upstream()) >= rules.maxEndpoints()) {
      String most = "more than " + rules.maxEndpoints() + " announced endpoints";
      throw new Denial(Denial.LIMIT, most, "/upstream");
    }
  }

  private static String id(Announcement said) {
    return said.endpoint().id();
  }
}
