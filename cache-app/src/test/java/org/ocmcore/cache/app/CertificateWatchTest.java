package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ocmcore.cache.domain.testing.Certificates;
import org.ocmcore.cache.domain.testing.ManualScheduler;
import org.ocmcore.cache.domain.testing.MutableClock;

class CertificateWatchTest {
  private static final Path FIRST = Certificates.issue("watch-one", "-validity", "60");
  private static final Path SECOND = Certificates.issue("watch-two", "-validity", "90");

  private final MutableClock clock = new MutableClock(Clock.systemUTC().instant());
  private final ManualScheduler scheduler = new ManualScheduler(clock);
  private final RecordedLog log = new RecordedLog();

  @TempDir
  private Path folder;

  private Path certificate;
  private Path key;

  @BeforeEach
  void copyFirst() {
    certificate = folder.resolve("tls.crt");
    key = folder.resolve("tls.key");
    copy(FIRST, certificate);
    copy(Certificates.keyOf(FIRST), key);
  }

  private static void copy(Path from, Path to) {
    try {
      Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private HttpsFiles watch() {
    HttpsFiles files = AppConfig.from(
            Map.of("CACHE_TLS_CERT", certificate.toString(), "CACHE_TLS_KEY", key.toString()))
        .https()
        .orElseThrow();
    new CertificateWatch(files, scheduler, clock, log).start();
    return files;
  }

  private static String subject(HttpsFiles files) {
    return files.identity().chain().get(0).getSubjectX500Principal().getName();
  }

  @Test
  void unchangedFilesChangeNothing() {
    HttpsFiles files = watch();
    HttpsIdentity before = files.identity();
    scheduler.advance(Duration.ofMinutes(1));
    assertEquals(before, files.identity());
    assertEquals(List.of(), log.lines());
  }

  @Test
  void newFilesAreUsedWithinSeconds() {
    HttpsFiles files = watch();
    copy(SECOND, certificate);
    copy(Certificates.keyOf(SECOND), key);
    scheduler.advance(Duration.ofSeconds(5));
    assertEquals("CN=watch-two", subject(files));
    assertEquals(
        List.of("INFO new connections get the new certificate of %s, valid until %s"
            .formatted(certificate, files.identity().expiresAt())),
        log.lines());
  }

  @Test
  void halfOfAPairIsLoggedOnceAndNotUsed() {
    HttpsFiles files = watch();
    copy(SECOND, certificate);
    scheduler.advance(Duration.ofMinutes(1));
    assertEquals("CN=watch-one", subject(files));
    assertEquals(
        List.of(
            "WARN the API keeps its certificate: CACHE_TLS_KEY is \"%s\": the key does not belong to the certificate"
                .formatted(key)),
        log.lines());
    copy(Certificates.keyOf(SECOND), key);
    scheduler.advance(Duration.ofSeconds(5));
    assertEquals("CN=watch-two", subject(files));
  }

  @Test
  void missingFilesAreLoggedAndNotUsed() throws IOException {
    HttpsFiles files = watch();
    Files.delete(certificate);
    scheduler.advance(Duration.ofMinutes(1));
    assertEquals("CN=watch-one", subject(files));
    assertEquals(
        List.of(
            "WARN the API keeps its certificate: CACHE_TLS_CERT is \"%s\": there is no such file"
                .formatted(certificate)),
        log.lines());
  }

  @Test
  void theEndOfTheCertificateIsAnnouncedDaily() {
    HttpsFiles files = watch();
    Duration untilNotice =
        Duration.between(clock.instant(), files.identity().expiresAt()).minus(Duration.ofDays(14));
    // Not second by second: what is due runs once at the new time.
    clock.advance(untilNotice.minusSeconds(60));
    scheduler.advance(Duration.ofSeconds(5));
    assertEquals(List.of(), log.lines());
    for (int day = 0; day < 2; day++) {
      clock.advance(day == 0 ? Duration.ofSeconds(60) : Duration.ofDays(1));
      scheduler.advance(Duration.ofSeconds(30));
    }
    assertEquals(
        List.of(
            "WARN the certificate of %s expires at %s: write a new one there"
                .formatted(certificate, files.identity().expiresAt()),
            "WARN the certificate of %s expires at %s: write a new one there"
                .formatted(certificate, files.identity().expiresAt())),
        log.lines());
  }

  @Test
  void anExpiredCertificateIsReported() {
    HttpsFiles files = watch();
    clock.advance(
        Duration.between(clock.instant(), files.identity().expiresAt()).plusSeconds(1));
    scheduler.advance(Duration.ofSeconds(5));
    assertTrue(
        log.lines().stream().anyMatch(line -> line.contains("its certificate expired at")),
        log.lines()::toString);
    assertEquals("CN=watch-one", subject(files));
  }
}
