package org.ocmcore.cache.domain.dump;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.port.DumpAccount;
import org.ocmcore.cache.domain.port.DumpDamage;
import org.ocmcore.cache.domain.port.DumpHeader;
import org.ocmcore.cache.domain.port.DumpInfo;
import org.ocmcore.cache.domain.port.ServerAccount;

class RetentionTest {
  private static final Instant NOW = Instant.parse("2026-03-10T00:30:00Z");

  private static DumpInfo dump(String createdAt) {
    return dump(createdAt, Optional.empty(), List.of());
  }

  private static DumpInfo partial(String createdAt) {
    return dump(createdAt, Optional.of("it is down"), List.of());
  }

  private static DumpInfo damaged(String createdAt) {
    return dump(createdAt, Optional.empty(), List.of(new DumpDamage(0, 1, "it is cut off")));
  }

  private static DumpInfo dump(
      String createdAt, Optional<String> failure, List<DumpDamage> damages) {
    ServerAccount account = new ServerAccount("a:1", 0, 0, 0, 0, 0, 0, 0, 0, failure);
    return new DumpInfo(
        createdAt,
        new DumpHeader(Instant.parse(createdAt + ":00Z"), List.of(), ""),
        0,
        100,
        Optional.of(new DumpAccount(List.of(account))),
        damages);
  }

  private static List<String> surplus(Retention retention, DumpInfo... newestFirst) {
    return retention.surplus(List.of(newestFirst), NOW);
  }

  private static DumpInfo[] days() {
    return Stream.of(
            "2026-03-10T00:20",
            "2026-03-10T00:10",
            "2026-03-09T23:50",
            "2026-03-09T00:00",
            "2026-03-08T12:00",
            "2026-03-07T12:00")
        .map(RetentionTest::dump)
        .toArray(DumpInfo[]::new);
  }

  @Test
  void theNewestAndSoManyOlderOnesStay() {
    assertEquals(5, surplus(new Retention(0, 0), days()).size());
    assertEquals(
        List.of("2026-03-08T12:00", "2026-03-07T12:00"), surplus(new Retention(3, 0), days()));
    assertEquals(List.of(), surplus(new Retention(Integer.MAX_VALUE - 1, 0), days()));
    assertEquals(List.of(), surplus(new Retention(0, 0)));
  }

  @Test
  void theLastOfEachDayStays() {
    assertEquals(
        List.of("2026-03-10T00:10", "2026-03-09T00:00", "2026-03-08T12:00", "2026-03-07T12:00"),
        surplus(new Retention(0, 2), days()));
    assertEquals(
        List.of("2026-03-10T00:10", "2026-03-09T00:00"), surplus(new Retention(0, 100), days()));
  }

  @Test
  void dayOfANewestDumpIsCountedOnce() {
    assertEquals(
        List.of("2026-03-09T00:00", "2026-03-07T12:00"), surplus(new Retention(1, 3), days()));
  }

  @Test
  void whatLacksKeysIsCountedApart() {
    assertEquals(
        List.of("2026-03-10T00:13", "2026-03-10T00:11"),
        surplus(
            new Retention(1, 0),
            partial("2026-03-10T00:16"),
            dump("2026-03-10T00:15"),
            partial("2026-03-10T00:14"),
            partial("2026-03-10T00:13"),
            dump("2026-03-10T00:12"),
            dump("2026-03-10T00:11")));
  }

  @Test
  void whatIsDamagedIsNeitherCountedNorRemoved() {
    assertEquals(
        List.of("2026-03-10T00:11"),
        surplus(
            new Retention(0, 0),
            damaged("2026-03-10T00:13"),
            dump("2026-03-10T00:12"),
            dump("2026-03-10T00:11"),
            damaged("2026-03-10T00:10")));
  }

  @Test
  void itIsNotNegative() {
    assertThrows(IllegalArgumentException.class, () -> new Retention(-1, 0));
    assertThrows(IllegalArgumentException.class, () -> new Retention(0, -1));
  }
}
