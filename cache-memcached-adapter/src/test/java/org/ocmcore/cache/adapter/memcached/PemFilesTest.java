package org.ocmcore.cache.adapter.memcached;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ocmcore.cache.domain.testing.Certificates;

final class PemFilesTest {
  @TempDir
  Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("file.pem"), text);
  }

  private static String message(Runnable parse) {
    return assertThrows(IllegalArgumentException.class, parse::run).getMessage();
  }

  @Test
  void aBundleHasSeveralCertificates() throws IOException {
    Path bundle = file("Our authorities:\n" + Files.readString(Certificates.AUTHORITY) + "\n"
        + Files.readString(Certificates.OTHER_AUTHORITY));
    assertEquals(2, PemFiles.certificates(bundle).size());
  }

  @Test
  void keysOfOtherCertificatesAreRejected() {
    Path one = Certificates.issue("one");
    Path other = Certificates.issue("other");
    assertEquals(
        "the key does not belong to the certificate",
        message(() -> TlsSettings.verified()
            .withCertificate(
                PemFiles.certificates(one), PemFiles.privateKey(Certificates.keyOf(other)))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nothing|it has no private key in PEM (-----BEGIN PRIVATE KEY-----)",
        "-----BEGIN RSA PRIVATE KEY-----|its key is not in PKCS#8: convert it with openssl pkcs8 -topk8 -nocrypt",
        "-----BEGIN EC PRIVATE KEY-----|its key is not in PKCS#8: convert it with openssl pkcs8 -topk8 -nocrypt",
        "-----BEGIN ENCRYPTED PRIVATE KEY-----|its key is encrypted: decrypt it with openssl pkcs8 -topk8 -nocrypt",
        "Proc-Type: 4,ENCRYPTED|its key is encrypted: decrypt it with openssl pkcs8 -topk8 -nocrypt",
        "-----BEGIN PRIVATE KEY----- AAAA -----END PRIVATE KEY-----|its key is damaged, or neither RSA, EC nor EdDSA",
      })
  void otherKeysAreExplained(String text, String message) throws IOException {
    Path file = file(text);
    assertEquals(message, message(() -> PemFiles.privateKey(file)));
  }

  @Test
  void otherFilesAreExplained() throws IOException {
    Path file = file("nothing");
    assertEquals(
        "it has no certificate in PEM (-----BEGIN CERTIFICATE-----)",
        message(() -> PemFiles.certificates(file)));
    assertEquals(
        "there is no such file", message(() -> PemFiles.certificates(folder.resolve("none.pem"))));
    assertEquals("it is a folder", message(() -> PemFiles.certificates(folder)));
  }

  @Test
  void damagedCertificatesAreExplained() throws IOException {
    Path file = file("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
    String message = message(() -> PemFiles.certificates(file));
    assertEquals("a certificate in it is damaged", message.substring(0, 30), message);
  }

  @Test
  void aFileWithoutEndIsNotReadWhole() {
    IllegalArgumentException failure = assertThrows(
        IllegalArgumentException.class, () -> PemFiles.certificates(Path.of("/dev/zero")));
    assertTrue(failure.getMessage().contains("16,777,216"), failure.getMessage());
  }
}
