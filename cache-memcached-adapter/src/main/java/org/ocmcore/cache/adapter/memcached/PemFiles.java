package org.ocmcore.cache.adapter.memcached;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the certificates and private keys in PEM files. */
public final class PemFiles {
  private static final Pattern KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
  private static final List<String> KEY_ALGORITHMS = List.of("RSA", "EC", "EdDSA");

  /** The authorities of a whole system take less than one MiB. */
  private static final int MAX_FILE_BYTES = 16 * 1024 * 1024;

  private PemFiles() {}

  /**
   * Returns all certificates of a file in their order; at least one.
   *
   * @throws IllegalArgumentException if the file cannot be read or has no certificates
   */
  public static List<X509Certificate> certificates(Path file) {
    String text = read(file);
    if (!text.contains("-----BEGIN CERTIFICATE-----")) {
      throw new IllegalArgumentException(
          "it has no certificate in PEM (-----BEGIN CERTIFICATE-----)");
    }
    // The parser of the JDK allows no text before the first certificate.
    String certificates = text.substring(text.indexOf("-----BEGIN CERTIFICATE-----"));
    try {
      return CertificateFactory.getInstance("X.509")
          .generateCertificates(
              new ByteArrayInputStream(certificates.getBytes(StandardCharsets.ISO_8859_1)))
          .stream()
          .map(X509Certificate.class::cast)
          .toList();
    } catch (CertificateException e) {
      throw new IllegalArgumentException("a certificate in it is damaged: " + e.getMessage(), e);
    }
  }

  /**
   * Returns the private key of a file.
   *
   * @throws IllegalArgumentException if the file cannot be read or has no key in PKCS#8
   */
  public static PrivateKey privateKey(Path file) {
    String text = read(file);
    if (text.contains("-----BEGIN ENCRYPTED PRIVATE KEY-----") || text.contains(",ENCRYPTED")) {
      throw new IllegalArgumentException(
          "its key is encrypted: decrypt it with openssl pkcs8 -topk8 -nocrypt");
    }
    if (text.contains("-----BEGIN RSA PRIVATE KEY-----")
        || text.contains("-----BEGIN EC PRIVATE KEY-----")) {
      throw new IllegalArgumentException(
          "its key is not in PKCS#8: convert it with openssl pkcs8 -topk8 -nocrypt");
    }
    Matcher key = KEY.matcher(text);
    if (!key.find()) {
      throw new IllegalArgumentException(
          "it has no private key in PEM (-----BEGIN PRIVATE KEY-----)");
    }
    return parseKey(new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(key.group(1))));
  }

  private static PrivateKey parseKey(PKCS8EncodedKeySpec encoded) {
    for (String algorithm : KEY_ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(encoded);
      } catch (InvalidKeySpecException e) {
        // The key may be one of the next algorithm.
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException(e);
      }
    }
    throw new IllegalArgumentException("its key is damaged, or neither RSA, EC nor EdDSA");
  }

  private static String read(Path file) {
    // A file of DER has bytes that are no UTF-8.
    return SettingFile.read(file, MAX_FILE_BYTES, StandardCharsets.ISO_8859_1);
  }
}
