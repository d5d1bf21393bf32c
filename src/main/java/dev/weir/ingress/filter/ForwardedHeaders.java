package dev.weir.ingress.filter;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;

/**
 * Writes {@code X-Forwarded-For/-Proto/-Host/-Port} and {@code Forwarded} (RFC 7239) for the
 * requests of one connection.
 *
 * <p>From a peer that is not trusted everything is dropped that claims to say where a request comes
 * from (see {@link Claims}), and then the fields are written from the connection. From a trusted
 * peer {@code X-Forwarded-For} is taken over as far as {@link ForwardedChain} believes it; {@code
 * -Proto}, {@code -Host} and {@code -Port} if there is one of each and it is well-formed; other
 * {@code X-Forwarded-} fields stay as they are. {@code Forwarded} is always written anew, from the
 * result. {@code X-Real-IP} never passes: it could only repeat or contradict the others.
 */
public final class ForwardedHeaders {

  private static final CharSequence FOR = HttpHeaders.createOptimized("x-forwarded-for");
  private static final CharSequence PROTO = HttpHeaders.createOptimized("x-forwarded-proto");
  private static final CharSequence HOST = HttpHeaders.createOptimized("x-forwarded-host");
  private static final CharSequence PORT = HttpHeaders.createOptimized("x-forwarded-port");
  private static final CharSequence REAL_IP = HttpHeaders.createOptimized("x-real-ip");
  private static final CharSequence FORWARDED = HttpHeaders.createOptimized("forwarded");

  private static final String HTTP = "http";
  private static final String HTTPS = "https";
  private static final String UNKNOWN = "unknown";

  private final TrustedProxies trusted;
  private final boolean peerTrusted;
  private final String address;
  private final String scheme;
  private final CharSequence addressValue;
  private final CharSequence schemeValue;
  private final CharSequence portValue;

  // The field for the host that this connection asked for last: mostly it asks for only one.
  private String lastHost;
  private CharSequence lastForwarded;

  /**
   * @param address the peer's IP address as text; what is none, such as the path of a socket, is
   *     passed on as {@code unknown}
   * @param scheme {@code http} or {@code https}
   * @param port the port that the peer connected to
   */
  public ForwardedHeaders(TrustedProxies trusted, String address, String scheme, int port) {
    byte[] bytes = IpAddress.parseLocal(address);
    this.trusted = trusted;
    this.peerTrusted = bytes != null && trusted.contains(bytes);
    this.address = bytes == null ? UNKNOWN : IpAddress.format(bytes);
    this.scheme = scheme;
    this.addressValue = HttpHeaders.createOptimized(this.address);
    this.schemeValue = HttpHeaders.createOptimized(scheme);
    this.portValue = HttpHeaders.createOptimized(Integer.toString(port));
  }

  /**
   * Writes the fields.
   *
   * @param host the authority that the client named, well-formed; {@code null} when it named none
   * @param claims what {@link RequestCheck} saw of such fields
   * @return the address of the client as far as it can be trusted
   */
  public String apply(MultiMap headers, String host, Claims claims) {
    if (claims != Claims.NONE) {
      if (peerTrusted) {
        return extend(headers, host, claims);
      }
      Claims.drop(headers);
    }
    headers.add(FOR, addressValue);
    headers.add(PROTO, schemeValue);
    headers.add(PORT, portValue);
    if (host != null) {
      headers.add(HOST, host);
    }
    headers.add(FORWARDED, forwarded(host));
    return address;
  }

  private CharSequence forwarded(String host) {
    if (lastForwarded == null || !Objects.equals(host, lastHost)) {
      lastHost = host;
      String value = new ForwardedField().hop(address, host, scheme).toString();
      lastForwarded = HttpHeaders.createOptimized(value);
    }
    return lastForwarded;
  }

  private String extend(MultiMap headers, String host, Claims claims) {
    if (claims == Claims.DISGUISED) {
      Claims.dropDisguised(headers);
    }
    Deque<String> chain = ForwardedChain.of(address, trusted, headers.getAll(FOR));
    String sentScheme = scheme(single(headers, PROTO));
    String sentHost = host(single(headers, HOST));
    headers.remove(REAL_IP);
    headers.set(FOR, String.join(", ", chain));
    headers.set(PROTO, sentScheme == null ? scheme : sentScheme);
    String origin = sentHost == null ? host : sentHost;
    if (origin == null) {
      headers.remove(HOST);
    } else {
      headers.set(HOST, origin);
    }
    if (!isPort(single(headers, PORT))) {
      headers.set(PORT, portValue);
    }
    headers.set(FORWARDED, forwarded(chain, sentHost, sentScheme, host));
    return chain.getFirst();
  }

  /** The first hop asked for what trusted proxies say, the last for what the gateway saw. */
  private String forwarded(Deque<String> chain, String sentHost, String sentScheme, String host) {
    Iterator<String> hops = chain.iterator();
    String client = hops.next();
    ForwardedField field = new ForwardedField();
    if (!hops.hasNext()) {
      String origin = sentHost == null ? host : sentHost;
      return field.hop(client, origin, sentScheme == null ? scheme : sentScheme).toString();
    }
    field.hop(client, sentHost, sentScheme);
    while (hops.hasNext()) {
      String hop = hops.next();
      boolean last = !hops.hasNext();
      field.hop(hop, last ? host : null, last ? scheme : null);
    }
    return field.toString();
  }

  private static String single(MultiMap headers, CharSequence name) {
    List<String> values = headers.getAll(name);
    return values.size() == 1 ? values.get(0) : null;
  }

  private static String scheme(String sent) {
    if (HTTPS.equalsIgnoreCase(sent)) {
      return HTTPS;
    }
    return HTTP.equalsIgnoreCase(sent) ? HTTP : null;
  }

  private static String host(String sent) {
    return sent != null && Authority.isValid(sent) ? sent : null;
  }

  private static boolean isPort(String sent) {
    return sent != null && Authority.port(sent, 0) > 0;
  }
}
