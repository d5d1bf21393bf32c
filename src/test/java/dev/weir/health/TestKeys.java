package dev.weir.health;

import io.vertx.core.net.PfxOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A key pair for {@code probe.test} with a certificate that it has signed itself. */
public final class TestKeys {
  private static final String PASSWORD = "changeit";

  private final Path store;
  private final Path certificate;

  private TestKeys(Path store, Path certificate) {
    this.store = store;
    this.certificate = certificate;
  }

  /** Makes one, whose files are in {@code directory}. */
  public static TestKeys make(Path directory) throws IOException, InterruptedException {
    Path store = directory.resolve("keys.p12");
    Path certificate = directory.resolve("certificate.pem");
    keytool(
        store, "-genkeypair", "-keyalg", "EC", "-dname", "CN=probe", "-ext", "san=dns:probe.test");
    keytool(store, "-exportcert", "-rfc", "-file", certificate.toString());
    return new TestKeys(store, certificate);
  }

  private static void keytool(Path store, String... what) throws IOException, InterruptedException {
    Path tool = Path.of(System.getProperty("java.home"), "bin", "keytool");
    List<String> command = new ArrayList<>(List.of(tool.toString()));
    command.addAll(List.of(what));
    command.addAll(List.of("-alias", "key", "-storetype", "PKCS12", "-storepass", PASSWORD));
    command.addAll(List.of("-keystore", store.toString()));
    Process process = new ProcessBuilder(command).inheritIO().start();
    if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new IOException("keytool fails");
    }
  }

  /** What a server needs to show it. */
  public PfxOptions server() {
    return new PfxOptions().setPath(store.toString()).setPassword(PASSWORD);
  }

  /** The file for those who are to trust it. */
  public String certificate() {
    return certificate.toString();
  }
}
