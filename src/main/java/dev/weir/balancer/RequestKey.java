package dev.weir.balancer;

import dev.weir.balancer.policy.ClientKey;
import dev.weir.balancer.policy.Hashing;
import dev.weir.config.BalancerConfig;
import dev.weir.config.HashConfig;
import dev.weir.exchange.Cookies;
import dev.weir.exchange.Exchange;
import dev.weir.exchange.QueryString;
import java.util.SplittableRandom;

/** What of a request a policy that hashes goes by. */
@FunctionalInterface
interface RequestKey {

  /** For policies that don't hash. */
  RequestKey NONE = (exchange, random) -> 0;

  /**
   * The key of a request; one by chance when the request does not have what is asked for.
   *
   * @param random used when it does not
   */
  long of(Exchange exchange, SplittableRandom random);

  /** Whether a policy goes by the key. */
  static boolean isUsedBy(String policy) {
    return policy.equals(BalancerConfig.HASH) || policy.equals(BalancerConfig.IP_HASH);
  }

  /** The keys for a policy. */
  static RequestKey of(String policy, HashConfig hash) {
    return switch (policy) {
      case BalancerConfig.IP_HASH -> (exchange, random) -> ClientKey.of(exchange.clientAddress());
      case BalancerConfig.HASH -> of(hash);
      default -> NONE;
    };
  }

  private static RequestKey of(HashConfig hash) {
    String name = hash.name();
    return switch (hash.on()) {
      case HashConfig.HEADER -> (exchange, random) -> key(exchange.headers().get(name), random);
      case HashConfig.COOKIE ->
          (exchange, random) -> key(Cookies.first(exchange.headers(), name), random);
      case HashConfig.QUERY ->
          (exchange, random) -> key(QueryString.first(exchange.target(), name), random);
      default -> (exchange, random) -> path(exchange.target());
    };
  }

  private static long key(String text, SplittableRandom random) {
    return text == null ? random.nextLong() : Hashing.hash(text, 0, text.length());
  }

  private static long path(String target) {
    int query = target.indexOf('?');
    return Hashing.hash(target, 0, query < 0 ? target.length() : query);
  }
}
