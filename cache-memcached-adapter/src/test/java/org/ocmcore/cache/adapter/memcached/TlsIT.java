package org.ocmcore.cache.adapter.memcached;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.testing.Certificates;
import org.ocmcore.cache.domain.testing.FeedThread;

/** TLS with real servers, and everything that can be wrong with certificates. */
final class TlsIT {
  private static final CacheKey KEY = CacheKey.of("key");
  private static final CacheValue VALUE = CacheValue.ofText("value");
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private static MemcachedServer start(Path certificate) {
    return MemcachedServer.start(Transport.tlsArguments(certificate, 0));
  }

  private static TlsSettings trusting() {
    return TlsSettings.verified().withAuthorities(PemFiles.certificates(Certificates.AUTHORITY));
  }

  private static MemcachedStore open(MemcachedServer server, TlsSettings tls) {
    return MemcachedStore.open(
        MemcachedSettings.parse(server.address()).withTimeout(PATIENCE).withTls(tls));
  }

  private static void use(MemcachedStore store) {
    store.cache().store(KEY, VALUE, Lifetime.FOREVER);
    assertEquals(VALUE, store.cache().get(KEY).orElseThrow());
  }

  private static String refusal(MemcachedServer server, TlsSettings tls) {
    try (MemcachedStore store = open(server, tls)) {
      StoreUnavailable failure =
          assertThrows(StoreUnavailable.class, () -> store.cache().get(KEY));
      assertEquals(server.address(), failure.server());
      return failure.reason();
    }
  }

  private static void assertStarts(String expected, String reason) {
    assertTrue(reason.startsWith(expected), reason);
  }

  @Test
  void foreignAuthoritiesAreRefused() {
    try (MemcachedServer server = start(Transport.serverCertificate())) {
      TlsSettings foreign = TlsSettings.verified()
          .withAuthorities(PemFiles.certificates(Certificates.OTHER_AUTHORITY));
      String expected = "its certificate is not signed by an authority that is trusted here:"
          + " set MEMCACHED_TLS_CA to the PEM file of its authority";
      assertEquals(expected, refusal(server, foreign));
      assertEquals(expected, refusal(server, TlsSettings.verified()));
    }
  }

  @Test
  void expiredCertificatesAreRefused() {
    Path expired = Certificates.issue(
        "expired", "-ext", "san=ip:127.0.0.1", "-startdate", "-10d", "-validity", "5");
    try (MemcachedServer server = start(expired)) {
      assertStarts("its certificate has expired (", refusal(server, trusting()));
      try (MemcachedStore store = open(server, trusting().unverified())) {
        use(store);
      }
    }
  }

  @Test
  void futureCertificatesAreRefused() {
    Path future = Certificates.issue("future", "-ext", "san=ip:127.0.0.1", "-startdate", "+10d");
    try (MemcachedServer server = start(future)) {
      assertStarts("its certificate is not valid yet (", refusal(server, trusting()));
    }
  }

  @Test
  void certificatesForOtherNamesAreRefused() {
    Path other = Certificates.issue("other-name", "-ext", "san=dns:cache.example");
    try (MemcachedServer server = start(other)) {
      String reason = refusal(server, trusting());
      assertStarts("its certificate is for another name (", reason);
      assertTrue(reason.endsWith("set MEMCACHED_TLS_SERVER_NAME to a name in the certificate"));
      assertStarts(
          "its certificate is for another name (",
          refusal(server, trusting().withServerName("other.example")));
      for (TlsSettings tls :
          List.of(trusting().withServerName("cache.example"), trusting().unverified())) {
        try (MemcachedStore store = open(server, tls)) {
          use(store);
        }
      }
    }
  }

  @Test
  void certificatesForOtherUsesAreRefused() {
    Path client =
        Certificates.issue("client-only", "-ext", "san=ip:127.0.0.1", "-ext", "eku=clientAuth");
    try (MemcachedServer server = start(client)) {
      assertStarts("its certificate cannot be used (Extended key", refusal(server, trusting()));
    }
  }

  @ParameterizedTest
  @EnumSource
  void serversCanWantACertificate(Release release) {
    Path own = Certificates.issue("client");
    try (MemcachedServer server =
        MemcachedServer.start(release, Transport.tlsArguments(Transport.serverCertificate(), 2))) {
      assertStarts("it rejects our certificate, or wants one (", refusal(server, trusting()));
      TlsSettings named = trusting()
          .withCertificate(
              PemFiles.certificates(own), PemFiles.privateKey(Certificates.keyOf(own)));
      try (MemcachedStore store = open(server, named)) {
        use(store);
      }
    }
  }

  @Test
  void aPortWithoutTlsIsRecognised() {
    try (MemcachedServer server = MemcachedServer.start()) {
      assertEquals(TlsFailure.NO_TLS, refusal(server, trusting()));
    }
  }

  @ParameterizedTest
  @EnumSource
  void aPortWithTlsIsRecognised(Release release) {
    try (MemcachedServer server = MemcachedServer.start(
            release, Transport.tlsArguments(Transport.serverCertificate(), 0));
        MemcachedStore store =
            MemcachedStore.open(MemcachedSettings.parse(server.address()).withTimeout(PATIENCE))) {
      StoreUnavailable failure =
          assertThrows(StoreUnavailable.class, () -> store.cache().get(KEY));
      assertEquals(ForeignServer.TLS, failure.reason());
    }
  }

  @ParameterizedTest
  @EnumSource
  void feedsAndWalksAreEncrypted(Release release) {
    List<String> arguments =
        new ArrayList<>(Arrays.asList(Transport.tlsArguments(Transport.serverCertificate(), 0)));
    arguments.addAll(List.of("-B", "ascii"));
    try (MemcachedServer server = MemcachedServer.start(release, arguments.toArray(String[]::new));
        MemcachedStore store = open(server, trusting());
        FeedThread feed = FeedThread.start(store.keyspace(), server.address())) {
      use(store);
      feed.awaitStored(KEY);
      List<String> walked = new ArrayList<>();
      store.keyspace().walk(server.address(), info -> walked.add(info.key().toString()));
      assertEquals(List.of("key"), walked);
    }
  }

  @Test
  void largeValuesPassInBothDirections() {
    CacheValue large = CacheValue.ofText("x".repeat(900_000));
    try (MemcachedServer server = start(Transport.serverCertificate());
        MemcachedStore store = open(server, trusting())) {
      store.cache().store(KEY, large, Lifetime.FOREVER);
      assertEquals(large, store.cache().get(KEY).orElseThrow());
    }
  }

  @Test
  void aRestartedServerIsUsedAgain() {
    try (MemcachedServer server = start(Transport.serverCertificate());
        MemcachedStore store = open(server, trusting())) {
      use(store);
      server.restart();
      assertTrue(store.cache().get(KEY).isEmpty());
    }
  }
}
