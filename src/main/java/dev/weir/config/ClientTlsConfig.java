package dev.weir.config;

/**
 * How a TLS connection is made by the side that opens it. Files are PEM, read when the first
 * connection is made.
 *
 * @param trust a file with the certificates of those who may vouch for the server; default null,
 *     whom the JVM trusts
 * @param insecure whether any server is believed, whatever it shows; default false
 * @param serverName the name that is asked for (SNI) and that the server's certificate must be for;
 *     default null, the host of the endpoint
 * @param certificate a file with the certificate chain that is shown to the server; default null,
 *     none
 * @param key a file with its private key; default null
 */
public record ClientTlsConfig(
    String trust, boolean insecure, String serverName, String certificate, String key) {

  private static final Shape<String> FILE = Shape.text(HttpRules.NOT_EMPTY);
  private static final Shape<String> HOST = Shape.text(HostRules.HOST);

  static ClientTlsConfig read(ObjectReader r) {
    ClientTlsConfig read =
        new ClientTlsConfig(
            r.optional("trust", null, FILE),
            r.optional("insecure", false, Shape.bool()),
            r.optional("serverName", null, HOST),
            r.optional("certificate", null, FILE),
            r.optional("key", null, FILE));
    if ((read.certificate == null) != (read.key == null)) {
      r.problem(
          read.key == null ? "key" : "certificate", "a file, as certificate and key go together");
    }
    if (read.insecure && read.trust != null) {
      r.problem("insecure", "false where trust says who is believed");
    }
    return read;
  }
}
