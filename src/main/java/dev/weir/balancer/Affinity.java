package dev.weir.balancer;

import dev.weir.config.AffinityConfig;
import dev.weir.exchange.Cookies;
import dev.weir.exchange.Exchange;
import dev.weir.metrics.LaneMetrics;
import dev.weir.metrics.PickMetrics;
import dev.weir.node.Endpoint;
import dev.weir.node.Upstream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Which cookie stands for which endpoint. The value is a keyed hash (HMAC-SHA256, cut to 144 bits)
 * of the upstream's and the endpoint's names: a client can neither read the address from it nor
 * make one.
 */
final class Affinity {

  private static final String ALGORITHM = "HmacSHA256";
  private static final int TOKEN_BYTES = 18;

  private final AffinityConfig config;
  private final boolean healthAware;
  private final long drainNanos;
  private final Map<String, Bound> byToken = new HashMap<>();
  private final Map<Endpoint, String> setCookies = new IdentityHashMap<>();

  /** An endpoint, and where its picks are counted. */
  private record Bound(Endpoint endpoint, PickMetrics metrics) {}

  Affinity(Upstream upstream, LaneMetrics lane) {
    config = upstream.config().balancer().affinity();
    healthAware = upstream.config().balancer().healthAware();
    drainNanos = TimeUnit.MILLISECONDS.toNanos(config.drainMillis());
    Mac mac = mac(config.secret());
    for (Endpoint endpoint : upstream.endpoints()) {
      String token = token(mac, upstream.name() + "/" + endpoint.id());
      byToken.put(token, new Bound(endpoint, lane.picks(upstream.name(), endpoint.id())));
      setCookies.put(endpoint, setCookie(token));
    }
  }

  private static Mac mac(String secret) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has " + ALGORITHM, e);
    }
  }

  private static String token(Mac mac, String name) {
    byte[] hash = mac.doFinal(name.getBytes(StandardCharsets.UTF_8));
    return Base64.getUrlEncoder().encodeToString(Arrays.copyOf(hash, TOKEN_BYTES));
  }

  private String setCookie(String token) {
    StringBuilder text = new StringBuilder(config.cookie()).append('=').append(token);
    text.append("; Path=").append(config.path());
    if (config.maxAgeSeconds() > 0) {
      text.append("; Max-Age=").append(config.maxAgeSeconds());
    }
    if (config.secure()) {
      text.append("; Secure");
    }
    return text.append("; HttpOnly; SameSite=Lax").toString();
  }

  /**
   * The endpoint that a client is bound to.
   *
   * @return {@code null} when it is bound to none, or to one that may not be used
   */
  Endpoint find(Exchange exchange, long now) {
    String token = Cookies.first(exchange.headers(), config.cookie());
    Bound bound = token == null ? null : byToken.get(token);
    if (bound == null || !mayBeUsed(bound.endpoint, now)) {
      return null;
    }
    bound.metrics.picked();
    return bound.endpoint;
  }

  private boolean mayBeUsed(Endpoint endpoint, long now) {
    boolean gone = endpoint.config().drain() && now - endpoint.drained() >= drainNanos;
    return !gone && endpoint.config().enabled() && (endpoint.works() || !healthAware);
  }

  /** Binds the client of an exchange to the endpoint that was picked for it. */
  void bind(Exchange exchange, Endpoint endpoint) {
    exchange.affinity(setCookies.get(endpoint));
  }
}
