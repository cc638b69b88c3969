package org.ocmcore.cache.app;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.ocmcore.cache.adapter.memcached.PemFiles;
import org.ocmcore.cache.adapter.memcached.TlsSettings;

/**
 * What the files of the API's TLS settings hold. It is valid when it is parsed.
 *
 * @param chain the certificate, and then those up to its authority
 * @param clientAuthorities who signs the certificates of clients; none if clients have none
 */
record HttpsIdentity(
    List<X509Certificate> chain, PrivateKey key, List<X509Certificate> clientAuthorities) {
  HttpsIdentity {
    chain = List.copyOf(chain);
    clientAuthorities = List.copyOf(clientAuthorities);
    // Throws if they do not belong together.
    tls(chain, key, clientAuthorities);
  }

  /**
   * Reads the files that the settings name.
   *
   * @return empty if TLS is off, or if something is wrong; the reader has the problems
   */
  static Optional<HttpsIdentity> parse(SettingReader reader, Instant now) {
    boolean isOn = reader.requireBoth(Setting.CACHE_TLS_CERT, Setting.CACHE_TLS_KEY);
    if (!isOn && reader.isSet(Setting.CACHE_TLS_CLIENT_CA)) {
      reader.problem(
          "CACHE_TLS_CLIENT_CA is set, but TLS is off: set CACHE_TLS_CERT and CACHE_TLS_KEY, too");
    }
    List<X509Certificate> authorities =
        reader.file(Setting.CACHE_TLS_CLIENT_CA, PemFiles::certificates).orElse(List.of());
    Optional<List<X509Certificate>> chain =
        reader.file(Setting.CACHE_TLS_CERT, file -> valid(PemFiles.certificates(file), now));
    return reader
        .file(Setting.CACHE_TLS_KEY, file -> {
          PrivateKey key = PemFiles.privateKey(file);
          return chain.map(certificates -> new HttpsIdentity(certificates, key, authorities));
        })
        .flatMap(identity -> identity);
  }

  private static List<X509Certificate> valid(List<X509Certificate> chain, Instant now) {
    Instant begin = chain.get(0).getNotBefore().toInstant();
    Instant end = chain.get(0).getNotAfter().toInstant();
    if (now.isAfter(end)) {
      throw new IllegalArgumentException(
          "its certificate expired at %s: write a new one there".formatted(end));
    }
    if (now.isBefore(begin)) {
      throw new IllegalArgumentException(
          "its certificate is not valid before %s: check the clock of this machine"
              .formatted(begin));
    }
    return chain;
  }

  private static TlsSettings tls(
      List<X509Certificate> chain, PrivateKey key, List<X509Certificate> clientAuthorities) {
    return TlsSettings.verified().withAuthorities(clientAuthorities).withCertificate(chain, key);
  }

  /** A new context with this certificate, for the API's side of connections. */
  SSLContext context() {
    return tls(chain, key, clientAuthorities).newContext();
  }

  /** The last moment at which the certificate is valid. */
  Instant expiresAt() {
    return chain.get(0).getNotAfter().toInstant();
  }
}
