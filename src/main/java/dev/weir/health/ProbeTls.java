package dev.weir.health;

import dev.weir.config.ClientTlsConfig;
import dev.weir.config.EndpointConfig;
import io.vertx.core.internal.logging.Logger;
import io.vertx.core.internal.logging.LoggerFactory;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.TrustOptions;

/** What Vert.x needs to know of the TLS of a probe. */
final class ProbeTls {

  private static final Logger LOG = LoggerFactory.getLogger(ProbeTls.class);

  private final ClientTlsConfig config;

  private ProbeTls(ClientTlsConfig config) {
    this.config = config;
  }

  /** Returns null where there is no TLS. */
  static ProbeTls of(ClientTlsConfig config, EndpointConfig endpoint) {
    if (config != null && config.insecure()) {
      LOG.warn("Probes of " + endpoint.id() + " believe any server: health.active.tls.insecure");
    }
    return config == null ? null : new ProbeTls(config);
  }

  /** The name that the server must prove to have. */
  String serverName(EndpointConfig endpoint) {
    return config.serverName() == null ? endpoint.host() : config.serverName();
  }

  boolean insecure() {
    return config.insecure();
  }

  /** Returns null for whom the JVM trusts. */
  TrustOptions trust() {
    return config.trust() == null ? null : new PemTrustOptions().addCertPath(config.trust());
  }

  /** Returns null where there is nothing to show. */
  KeyCertOptions certificate() {
    return config.certificate() == null
        ? null
        : new PemKeyCertOptions().addCertPath(config.certificate()).addKeyPath(config.key());
  }

  ClientSSLOptions options() {
    ClientSSLOptions options = new ClientSSLOptions();
    options.setTrustOptions(trust()).setKeyCertOptions(certificate());
    return options
        .setTrustAll(insecure())
        .setHostnameVerificationAlgorithm(insecure() ? "" : "HTTPS");
  }
}
