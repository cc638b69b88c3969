package org.ocmcore.cache.adapter.memcached;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.testing.FeedThread;

/** Text authentication ({@code memcached -Y}) on real servers. */
final class PasswordIT {
  private static final CacheKey KEY = CacheKey.of("key");

  private static String[] arguments(String... more) {
    return Stream.concat(
            Arrays.stream(Transport.passwordArguments("app:hunter2")), Arrays.stream(more))
        .toArray(String[]::new);
  }

  private static MemcachedSettings settings(MemcachedServer server) {
    return MemcachedSettings.parse(server.address());
  }

  private static StoreUnavailable refusal(MemcachedSettings settings) {
    try (MemcachedStore store = MemcachedStore.open(settings)) {
      StoreUnavailable failure =
          assertThrows(StoreUnavailable.class, () -> store.cache().get(KEY));
      assertTrue(failure.isRefusal());
      return failure;
    }
  }

  @ParameterizedTest
  @EnumSource
  void wrongPasswordsAreRefusedWithoutShowingThem(Release release) {
    try (MemcachedServer server = MemcachedServer.start(release, arguments())) {
      StoreUnavailable failure =
          refusal(settings(server).withCredentials(new Credentials("app", "hunter3")));
      assertEquals(
          "it rejects the user or the password: check MEMCACHED_USERNAME and MEMCACHED_PASSWORD,"
              + " or MEMCACHED_AUTH_FILE",
          failure.reason());
      for (Throwable shown = failure; shown != null; shown = shown.getCause()) {
        assertFalse(shown.toString().contains("hunter"), shown.toString());
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void missingPasswordsAreExplained(Release release) {
    try (MemcachedServer server = MemcachedServer.start(release, arguments())) {
      assertEquals(
          "it wants a user and a password: set MEMCACHED_USERNAME and MEMCACHED_PASSWORD,"
              + " or MEMCACHED_AUTH_FILE",
          refusal(settings(server)).reason());
    }
  }

  @ParameterizedTest
  @EnumSource
  void feedsAndWalksAreAuthenticated(Release release) {
    try (MemcachedServer server = MemcachedServer.start(release, arguments("-B", "ascii"));
        MemcachedStore store = MemcachedStore.open(
            settings(server).withCredentials(new Credentials("app", "hunter2")));
        FeedThread feed = FeedThread.start(store.keyspace(), server.address())) {
      store.cache().store(KEY, CacheValue.ofText("value"), Lifetime.FOREVER);
      feed.awaitStored(KEY);
      List<String> walked = new ArrayList<>();
      store.keyspace().walk(server.address(), info -> walked.add(info.key().toString()));
      assertEquals(List.of("key"), walked);
      assertTrue(store.keyspace().stats(server.address()).requiresPassword());
    }
  }

  @Test
  void serversWithoutPasswordsStoreNone() {
    try (MemcachedServer server = MemcachedServer.start();
        MemcachedStore store = MemcachedStore.open(
            settings(server).withCredentials(new Credentials("app", "hunter2")))) {
      assertTrue(store.cache().get(KEY).isEmpty());
      assertEquals(0, server.stat("cmd_set"));
    }
  }
}
