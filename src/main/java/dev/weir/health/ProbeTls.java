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
import java.util.concurrent.TimeUnit;

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

  private TrustOptions trust() {
    return config.trust() == null ? null : new PemTrustOptions().addCertPath(config.trust());
  }

  private KeyCertOptions certificate() {
    return config.certificate() == null
        ? null
        : new PemKeyCertOptions().addCertPath(config.certificate()).addKeyPath(config.key());
  }

  /**
   * @param handshakeMillis how long to wait for the server to prove it
   */
  ClientSSLOptions options(long handshakeMillis) {
    ClientSSLOptions options = new ClientSSLOptions();
    options.setTrustOptions(trust()).setKeyCertOptions(certificate());
    options.setSslHandshakeTimeout(handshakeMillis);
    options.setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS);
    return options
        .setTrustAll(config.insecure())
        .setHostnameVerificationAlgorithm(config.insecure() ? "" : "HTTPS");
  }
}
