package org.ocmcore.cache.domain.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * New certificates and keys in PEM, made by the JDK's keytool in a folder of their own. For one
 * thread at a time.
 */
public final class Certificates {
  /** The authority, and another one. */
  public static final Path AUTHORITY;

  public static final Path OTHER_AUTHORITY;

  private static final String PASSWORD = "changeit";
  private static final Path FOLDER = newFolder();
  private static final Path STORE = FOLDER.resolve("store.p12");

  static {
    generate("authority", "", "-ext", "bc:c");
    generate("other-authority", "", "-ext", "bc:c");
    AUTHORITY = certificate("authority");
    OTHER_AUTHORITY = certificate("other-authority");
  }

  private Certificates() {}

  /**
   * Returns the path of a new certificate of the authority; its key is at {@link #keyOf}.
   *
   * @param name of the file
   * @param options of keytool, such as {@code -ext san=dns:localhost}
   */
  public static synchronized Path issue(String name, String... options) {
    Path file = FOLDER.resolve(name + ".pem");
    if (!Files.exists(file)) {
      generate(name, "authority", options);
      certificate(name);
      write(keyOf(file), "PRIVATE KEY", key(name).getEncoded());
    }
    return file;
  }

  /** Returns the file with the key of a certificate, in PKCS#8. */
  public static Path keyOf(Path certificate) {
    return certificate.resolveSibling(certificate.getFileName() + ".key");
  }

  /** Returns a new path in the folder, which every user can read. */
  public static Path path(String name) {
    return FOLDER.resolve(name);
  }

  /**
   * Returns a context that trusts the authority, for either side of a connection.
   *
   * @param name of the issued certificate that it shows; none if empty
   */
  public static SSLContext context(String name) {
    return context(name, AUTHORITY);
  }

  /** The same with the authority in this file. */
  public static SSLContext context(String name, Path authority) {
    try (InputStream in = Files.newInputStream(authority)) {
      KeyStore used = KeyStore.getInstance("PKCS12");
      used.load(null, null);
      used.setCertificateEntry(
          "trusted", CertificateFactory.getInstance("X.509").generateCertificate(in));
      if (!name.isEmpty()) {
        used.setKeyEntry(
            name, key(name), PASSWORD.toCharArray(), store().getCertificateChain(name));
      }
      KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
      keys.init(used, PASSWORD.toCharArray());
      TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
      trust.init(used);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path newFolder() {
    try {
      Path folder = Files.createTempDirectory("certificates");
      // memcached reads and writes here as another user.
      folder.toFile().setReadable(true, false);
      folder.toFile().setWritable(true, false);
      folder.toFile().setExecutable(true, false);
      Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void generate(String name, String signer, String... options) {
    List<String> command = new ArrayList<>(List.of(
        Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
        "-genkeypair",
        "-keystore",
        STORE.toString(),
        "-storepass",
        PASSWORD,
        "-alias",
        name,
        "-dname",
        "CN=" + name,
        "-keyalg",
        "EC",
        "-groupname",
        "secp256r1"));
    command.addAll(signer.isEmpty() ? List.of() : List.of("-signer", signer));
    command.addAll(List.of(options));
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes());
      if (process.waitFor() != 0) {
        throw new IllegalStateException(command + ": " + output);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(command + " was interrupted", e);
    }
  }

  private static Path certificate(String name) {
    try {
      Certificate certificate = store().getCertificate(name);
      Path file = FOLDER.resolve(name + ".pem");
      write(file, "CERTIFICATE", certificate.getEncoded());
      return file;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Key key(String name) {
    try {
      return store().getKey(name, PASSWORD.toCharArray());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyStore store() throws GeneralSecurityException {
    try (InputStream in = Files.newInputStream(STORE)) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(in, PASSWORD.toCharArray());
      return store;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Path file, String kind, byte[] content) {
    String text = "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(kind, Base64.getMimeEncoder().encodeToString(content), kind);
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
