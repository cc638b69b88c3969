package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ocmcore.cache.adapter.cli.InvalidSettings;
import org.ocmcore.cache.domain.testing.Certificates;

/** The TLS settings of the API. */
class HttpsIdentityTest {
  private static final Path GOOD = Certificates.issue("identity");

  @TempDir
  private Path folder;

  private static AppConfig config(Path certificate, Path key, Map<String, String> more) {
    Map<String, String> variables = new HashMap<>(more);
    variables.put("CACHE_TLS_CERT", certificate.toString());
    variables.put("CACHE_TLS_KEY", key.toString());
    return AppConfig.from(variables);
  }

  private static String problem(Path certificate, Path key) {
    return onlyProblem(() -> config(certificate, key, Map.of()));
  }

  private static String onlyProblem(Runnable parse) {
    InvalidSettings failure = assertThrows(InvalidSettings.class, parse::run);
    assertEquals(1, failure.problems().size(), failure::getMessage);
    return failure.problems().get(0);
  }

  @Test
  void withoutFilesThereIsNoTls() {
    AppConfig plain = AppConfig.from(Map.of());
    assertEquals("http", plain.http().scheme());
    assertTrue(plain.https().isEmpty());
  }

  @Test
  void withFilesTheSchemeIsHttps() {
    AppConfig config = config(GOOD, Certificates.keyOf(GOOD), Map.of());
    assertEquals("https", config.http().scheme());
  }

  @Test
  void oneFileAloneIsAnError() {
    assertEquals(
        "CACHE_TLS_CERT is set without CACHE_TLS_KEY: set both or neither",
        onlyProblem(() -> AppConfig.from(Map.of("CACHE_TLS_CERT", GOOD.toString()))));
    assertEquals(
        "CACHE_TLS_KEY is set without CACHE_TLS_CERT: set both or neither",
        onlyProblem(() ->
            AppConfig.from(Map.of("CACHE_TLS_KEY", Certificates.keyOf(GOOD).toString()))));
  }

  @Test
  void authoritiesOfClientsNeedTls() {
    assertEquals(
        "CACHE_TLS_CLIENT_CA is set, but TLS is off: set CACHE_TLS_CERT and CACHE_TLS_KEY, too",
        onlyProblem(() ->
            AppConfig.from(Map.of("CACHE_TLS_CLIENT_CA", Certificates.AUTHORITY.toString()))));
  }

  @Test
  void missingFilesAreNamed() {
    Path none = folder.resolve("none.pem");
    assertEquals(
        "CACHE_TLS_CERT is \"%s\": there is no such file".formatted(none),
        problem(none, Certificates.keyOf(GOOD)));
    assertEquals(
        "CACHE_TLS_KEY is \"%s\": there is no such file".formatted(none), problem(GOOD, none));
  }

  @Test
  void brokenFilesAreNamed() throws Exception {
    Path half = folder.resolve("half.pem");
    Files.writeString(half, Files.readString(GOOD).substring(0, 200));
    assertTrue(problem(half, Certificates.keyOf(GOOD))
        .startsWith("CACHE_TLS_CERT is \"%s\": a certificate in it is damaged".formatted(half)));
    assertEquals(
        "CACHE_TLS_KEY is \"%s\": it has no private key in PEM (-----BEGIN PRIVATE KEY-----)"
            .formatted(GOOD),
        problem(GOOD, GOOD));
  }

  @Test
  void keysOfOtherCertificatesAreNamed() {
    Path other = Certificates.keyOf(Certificates.issue("other-identity"));
    assertEquals(
        "CACHE_TLS_KEY is \"%s\": the key does not belong to the certificate".formatted(other),
        problem(GOOD, other));
  }

  @Test
  void certificatesOutOfTheirTimeAreNamed() {
    Path expired = Certificates.issue("old-identity", "-startdate", "-10d", "-validity", "5");
    String problem = problem(expired, Certificates.keyOf(expired));
    assertTrue(
        problem.startsWith(
            "CACHE_TLS_CERT is \"%s\": its certificate expired at ".formatted(expired)),
        problem);
    Path early = Certificates.issue("early-identity", "-startdate", "+10d");
    String notYet = problem(early, Certificates.keyOf(early));
    assertTrue(notYet.contains("its certificate is not valid before "), notYet);
  }

  @Test
  void allProblemsAreReportedTogether() {
    InvalidSettings failure = assertThrows(
        InvalidSettings.class,
        () -> config(
            folder,
            folder.resolve("none"),
            Map.of("CACHE_TLS_CLIENT_CA", folder.resolve("no-authority").toString())));
    assertEquals(
        List.of("CACHE_TLS_CLIENT_CA", "CACHE_TLS_CERT", "CACHE_TLS_KEY"),
        failure.problems().stream().map(problem -> problem.split(" ")[0]).toList());
  }
}
