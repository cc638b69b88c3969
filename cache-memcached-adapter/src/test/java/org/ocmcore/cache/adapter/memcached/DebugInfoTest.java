package org.ocmcore.cache.adapter.memcached;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ocmcore.cache.domain.entry.Expiry;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.entry.VersionedInfo;
import org.ocmcore.cache.domain.key.CacheKey;

class DebugInfoTest {
  private static final CacheKey KEY = CacheKey.of("k");
  private static final Clock CLOCK = Clock.fixed(Instant.ofEpochSecond(1_000_000), ZoneOffset.UTC);
  private static final Optional<ServerVersion> OLD = ServerVersion.parse("1.6.23");
  private static final Optional<ServerVersion> NEW = ServerVersion.parse("1.6.24");

  private static DebugInfo parse(String line) throws ProtocolException {
    return DebugInfo.parse(MetaResponse.metadata(line.getBytes(StandardCharsets.ISO_8859_1)), KEY);
  }

  @Test
  void everyFieldIsTaken() throws ProtocolException {
    DebugInfo info = parse("k exp=100 la=7 cas=123456789012345678 fetch=yes cls=1 size=63");
    VersionedInfo found = info.info(KEY, info.expiry(CLOCK), "a:1", CLOCK);
    assertEquals(
        new VersionedInfo(
            new KeyInfo(KEY, new Expiry(1_000_100), 63, 999_993, true, "a:1"),
            123_456_789_012_345_678L),
        found);
    assertEquals(KeyInfo.UNKNOWN, found.info().flags());
  }

  @ParameterizedTest
  @CsvSource({"100, 1000100", "-100, 1000100", "0, 1000000", "-2, 1000002", "1, 1000001"})
  void theSignOfOldReleasesIsIgnored(long exp, long end) throws ProtocolException {
    DebugInfo info = parse("k exp=%d la=0 cas=1 fetch=no cls=1 size=63".formatted(exp));
    assertEquals(new Expiry(end), info.expiry(CLOCK));
    assertFalse(info.isExpiryUnclear(OLD));
    assertFalse(info.fetched());
  }

  @Test
  void onlyNewReleasesSayNever() throws ProtocolException {
    DebugInfo info = parse("k exp=-1 la=0 cas=1 fetch=no cls=1 size=63");
    assertEquals(Expiry.NEVER, info.expiry(CLOCK));
    assertFalse(info.isExpiryUnclear(NEW));
    assertTrue(info.isExpiryUnclear(OLD));
    assertTrue(info.isExpiryUnclear(Optional.empty()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "other exp=1 la=0 cas=1 fetch=no cls=1 size=63",
        "k",
        "k ",
        "k la=0 cas=1 fetch=no cls=1 size=63",
        "k exp=1 cas=1 fetch=no cls=1 size=63",
        "k exp=1 la=0 fetch=no cls=1 size=63",
        "k exp=1 la=0 cas=1 fetch=no cls=1",
        "k exp=x la=0 cas=1 fetch=no cls=1 size=63",
        "k exp=1 la=-5 cas=1 fetch=no cls=1 size=63",
        "k exp=99999999999999 la=0 cas=1 fetch=no cls=1 size=63",
        "k exp=1 la=99999999999999999 cas=1 fetch=no cls=1 size=63",
        "k exp=1 la=0 cas=-1 fetch=no cls=1 size=63",
        "k exp=1 la=0 cas=1 fetch=no cls=1 size=-63",
        "k exp=1 la=0 cas=1 fetch=no cls=1 size=99999999999",
        "k exp=1 la=0 cas=1 fetch=no cls=1 size=9999999999999999999"
      })
  void anythingElseIsNoMetadata(String line) {
    assertThrows(ProtocolException.class, () -> parse(line));
  }
}
