package dev.weir.ingress.filter;

import io.netty.util.NetUtil;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes {@code X-Forwarded-For/-Proto/-Host/-Port} and {@code Forwarded} (RFC 7239) for the
 * requests of one connection. What the client sent is dropped first and taken over only as far as
 * trusted proxies reach: from a trusted peer the chain is read from the right while its addresses
 * are trusted, and one further.
 */
public final class ForwardedHeaders {

  private static final CharSequence FOR = HttpHeaders.createOptimized("x-forwarded-for");
  private static final CharSequence PROTO = HttpHeaders.createOptimized("x-forwarded-proto");
  private static final CharSequence HOST = HttpHeaders.createOptimized("x-forwarded-host");
  private static final CharSequence PORT = HttpHeaders.createOptimized("x-forwarded-port");
  private static final CharSequence REAL_IP = HttpHeaders.createOptimized("x-real-ip");
  private static final CharSequence FORWARDED = HttpHeaders.createOptimized("forwarded");

  private final TrustedProxies trusted;
  private final boolean peerTrusted;
  private final String address;
  private final String scheme;
  private final CharSequence port;

  // The field for the host that this connection asked for last: mostly it asks for only one.
  private String lastHost = "";
  private CharSequence lastForwarded = "";

  /**
   * @param address the peer's IP address as text
   * @param scheme {@code http} or {@code https}
   * @param port the port that the peer connected to
   */
  public ForwardedHeaders(TrustedProxies trusted, String address, String scheme, int port) {
    this.trusted = trusted;
    this.peerTrusted = trusted.contains(address);
    this.address = address;
    this.scheme = scheme;
    this.port = HttpHeaders.createOptimized(Integer.toString(port));
  }

  /**
   * Writes the fields.
   *
   * @param host the authority that the client named; {@code null} when it named none
   * @return the address of the client as far as it can be trusted
   */
  public String apply(MultiMap headers, String host) {
    headers.remove(REAL_IP);
    if (peerTrusted) {
      return applyTrusted(headers, host);
    }
    headers.set(FOR, address);
    headers.set(PROTO, scheme);
    headers.set(PORT, port);
    setHost(headers, host);
    headers.set(FORWARDED, forwarded(host));
    return address;
  }

  private static void setHost(MultiMap headers, String host) {
    if (host == null) {
      headers.remove(HOST);
    } else {
      headers.set(HOST, host);
    }
  }

  private CharSequence forwarded(String host) {
    String key = host == null ? "" : host;
    if (lastForwarded.length() == 0 || !key.equals(lastHost)) {
      lastHost = key;
      lastForwarded = HttpHeaders.createOptimized(format(List.of(address), host, scheme));
    }
    return lastForwarded;
  }

  private String applyTrusted(MultiMap headers, String host) {
    List<String> chain = chain(headers.getAll(FOR));
    String sentScheme = headers.get(PROTO);
    String proto = "https".equals(sentScheme) || "http".equals(sentScheme) ? sentScheme : scheme;
    String sentHost = headers.get(HOST);
    String origin = sentHost != null && Authority.isValid(sentHost) ? sentHost : host;
    headers.set(FOR, String.join(", ", chain));
    headers.set(PROTO, proto);
    if (!isPort(headers.get(PORT))) {
      headers.set(PORT, port);
    }
    setHost(headers, origin);
    headers.set(FORWARDED, format(chain, origin, proto));
    return chain.get(0);
  }

  /** The addresses to be believed, the client's first, the peer's last. */
  private List<String> chain(List<String> lines) {
    List<String> result = new ArrayList<>();
    result.add(address);
    String[] sent = String.join(",", lines).split(",");
    for (int i = sent.length - 1; i >= 0 && trusted.contains(result.get(0)); i--) {
      String element = withoutPort(sent[i].trim());
      if (NetUtil.createByteArrayFromIpAddressString(element) == null) {
        break;
      }
      result.add(0, element);
    }
    return result;
  }

  /** Some proxies append a port to an address. */
  private static String withoutPort(String element) {
    if (element.startsWith("[")) {
      int end = element.indexOf(']');
      return end < 0 ? element : element.substring(1, end);
    }
    int colon = element.indexOf(':');
    boolean single = colon > 0 && colon == element.lastIndexOf(':');
    return single ? element.substring(0, colon) : element;
  }

  private static boolean isPort(String text) {
    if (text == null || text.isEmpty() || text.length() > 5) {
      return false;
    }
    int port = 0;
    for (int i = 0; i < text.length(); i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return false;
      }
      port = port * 10 + digit;
    }
    return port >= 1 && port <= 65_535;
  }

  private static String format(List<String> chain, String host, String scheme) {
    StringBuilder field = new StringBuilder();
    for (String hop : chain) {
      field.append(field.isEmpty() ? "" : ", ").append("for=");
      field.append(hop.indexOf(':') < 0 ? hop : "\"[" + hop + "]\"");
    }
    if (host != null) {
      boolean token = host.indexOf(':') < 0 && host.indexOf('[') < 0;
      field.append(";host=").append(token ? host : '"' + host + '"');
    }
    return field.append(";proto=").append(scheme).toString();
  }
}
