package org.ocmcore.cache.adapter.memcached;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.ocmcore.cache.domain.testing.Certificates;

/** The kinds of connections that memcached offers. */
enum Transport {
  PLAIN {
    @Override
    String[] arguments() {
      return new String[0];
    }

    @Override
    MemcachedSettings settings(MemcachedSettings plain) {
      return plain;
    }
  },

  /** With certificates on both sides. */
  TLS {
    @Override
    String[] arguments() {
      return tlsArguments(serverCertificate(), 2);
    }

    @Override
    MemcachedSettings settings(MemcachedSettings plain) {
      Path own = Certificates.issue("client");
      return plain.withTls(TlsSettings.verified()
          .withAuthorities(PemFiles.certificates(Certificates.AUTHORITY))
          .withCertificate(
              PemFiles.certificates(own), PemFiles.privateKey(Certificates.keyOf(own))));
    }
  },

  UNIX_SOCKET {
    @Override
    String[] arguments() {
      return new String[] {"-s", Certificates.path(UUID.randomUUID() + ".sock").toString()};
    }

    @Override
    MemcachedSettings settings(MemcachedSettings plain) {
      return plain;
    }
  },

  PASSWORD {
    @Override
    String[] arguments() {
      return passwordArguments("user:pass:word");
    }

    @Override
    MemcachedSettings settings(MemcachedSettings plain) {
      return plain.withCredentials(new Credentials("user", "pass:word"));
    }
  };

  /** Returns the options of memcached. */
  abstract String[] arguments();

  /** Returns settings that connect to it. */
  abstract MemcachedSettings settings(MemcachedSettings plain);

  static Path serverCertificate() {
    return Certificates.issue("server", "-ext", "san=ip:127.0.0.1,dns:localhost");
  }

  /**
   * @param verify memcached's {@code ssl_verify_mode}: 0 wants no certificate of the client, 2
   *     wants one
   */
  static String[] tlsArguments(Path certificate, int verify) {
    String options = "ssl_chain_cert=%s,ssl_key=%s,ssl_ca_cert=%s,ssl_verify_mode=%d"
        .formatted(certificate, Certificates.keyOf(certificate), Certificates.AUTHORITY, verify);
    return new String[] {"-Z", "-o", options};
  }

  /** @param line {@code user:password} */
  static String[] passwordArguments(String line) {
    Path file = Certificates.path(UUID.randomUUID() + ".users");
    try {
      Files.write(file, List.of(line));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new String[] {"-Y", file.toString()};
  }
}
