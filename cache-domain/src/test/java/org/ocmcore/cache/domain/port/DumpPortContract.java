package org.ocmcore.cache.domain.port;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Expiry;
import org.ocmcore.cache.domain.error.DumpFailed;
import org.ocmcore.cache.domain.error.DumpNotFound;
import org.ocmcore.cache.domain.error.PreconditionFailed;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.port.DumpPort.DumpReader;
import org.ocmcore.cache.domain.port.DumpPort.DumpWriter;
import org.ocmcore.cache.domain.port.DumpPort.PartWriter;

/** What every {@link DumpPort} does. */
public abstract class DumpPortContract extends DumpPartsContract {
  private DumpInfo write(Instant createdAt, CacheEntry... entries) {
    try (DumpWriter writer = create(createdAt)) {
      PartWriter part = writer.part("127.0.0.1:11211");
      for (CacheEntry entry : entries) {
        assertTrue(part.write(dumped(entry)));
      }
      part.end();
      return writer.commit(account(entries.length), () -> {});
    }
  }

  @Test
  void aNewPortHasNoDumps() {
    assertEquals(List.of(), dumps.names());
    assertThrows(DumpNotFound.class, () -> dumps.open(dumps.currentName()));
    assertThrows(DumpNotFound.class, () -> dumps.describe(dumps.currentName()));
  }

  @Test
  void entriesComeBackUnchanged() {
    byte[] everyByte = new byte[256];
    for (int i = 0; i < everyByte.length; i++) {
      everyByte[i] = (byte) i;
    }
    CacheEntry[] entries = {
      entry("text", "a value with \"quotes\", \\ and \n"),
      new CacheEntry(
          CacheKey.of("bytes"), CacheValue.of(everyByte, CacheValue.MAX_FLAGS), Expiry.at(NOON)),
      new CacheEntry(CacheKey.of("empty"), CacheValue.of(new byte[0], 1), Expiry.NEVER),
      new CacheEntry(CacheKey.of("ключ:🔑"), CacheValue.ofText("значение 🔑"), Expiry.NEVER),
      new CacheEntry(
          CacheKey.ofBytes(new byte[] {(byte) 0xff, 'x', 1}),
          CacheValue.ofText("foreign"),
          Expiry.NEVER),
      new CacheEntry(CacheKey.of("large"), CacheValue.of(new byte[1_000_000], 0), Expiry.NEVER),
    };
    DumpInfo written = write(NOON, entries);
    assertEquals(List.of(entries), read(dumps.currentName()));
    assertEquals(dumps.names().get(0), written.name());
    assertEquals(NOON, written.createdAt());
    assertEquals(entries.length, written.entries());
    assertTrue(written.bytes() > 1_000_000);
    assertTrue(written.valid());
    assertEquals(written, dumps.describe(written.name()));
  }

  @Test
  void aDumpMayBeEmpty() {
    assertEquals(0, write(NOON).entries());
    assertEquals(List.of(), read(dumps.currentName()));
  }

  @Test
  void theNewestDumpIsCurrent() {
    write(NOON, entry("a", "first"));
    write(NOON.plusSeconds(1), entry("a", "second"));
    write(NOON.plusSeconds(2), entry("a", "third"));
    List<String> names = dumps.names();
    assertEquals(3, names.size());
    assertEquals(
        dumps.describe(names.get(0)).entries(),
        dumps.describe(dumps.currentName()).entries());
    assertEquals(
        List.of(entry("a", "third"), entry("a", "second"), entry("a", "first")),
        names.stream().map(name -> read(name).get(0)).toList());
  }

  @Test
  void dumpsOfTheSameTimeAreAllKept() {
    write(NOON, entry("a", "first"));
    write(NOON, entry("a", "second"));
    write(NOON, entry("a", "third"));
    assertEquals(
        List.of(entry("a", "third"), entry("a", "second"), entry("a", "first")),
        dumps.names().stream().map(name -> read(name).get(0)).toList());
  }

  @Test
  void anUncommittedDumpLeavesNoTrace() {
    String good = write(NOON, entry("a", "good")).name();
    try (DumpWriter writer = create(NOON.plusSeconds(1))) {
      PartWriter part = writer.part("127.0.0.1:11211");
      part.write(dumped(entry("a", "dropped")));
      part.end();
    }
    assertEquals(List.of(good), dumps.names());
    assertEquals(List.of(entry("a", "good")), read(dumps.currentName()));
  }

  @Test
  void aStoppedCommitLeavesNoTrace() {
    String good = write(NOON, entry("a", "good")).name();
    try (DumpWriter writer = create(NOON.plusSeconds(1))) {
      PartWriter part = writer.part("127.0.0.1:11211");
      part.write(dumped(entry("a", "dropped")));
      part.end();
      IllegalStateException end = new IllegalStateException("stop");
      assertSame(
          end,
          assertThrows(
              IllegalStateException.class,
              () -> writer.commit(account(1), () -> {
                throw end;
              })));
    }
    assertEquals(List.of(good), dumps.names());
    assertEquals(List.of(entry("a", "good")), read(dumps.currentName()));
  }

  @Test
  void aDeletedDumpIsGone() {
    write(NOON, entry("a", "first"));
    String newest = write(NOON.plusSeconds(1), entry("a", "second")).name();
    String older = dumps.names().get(1);
    dumps.delete(older);
    dumps.delete(older);
    assertEquals(List.of(newest), dumps.names());
    assertThrows(DumpNotFound.class, () -> dumps.open(older));
  }

  /** The name of the current dump is that of another one as soon as there is a newer. */
  @Test
  void onlyTheDumpOfTheTimeThatIsNamedIsDeleted() {
    write(NOON, account(1), entry("a", "shown"));
    write(NOON.plusSeconds(1), account(1), entry("a", "newer"));
    PreconditionFailed refused = assertThrows(
        PreconditionFailed.class, () -> dumps.delete(dumps.currentName(), Optional.of(NOON)));
    assertTrue(refused.getMessage().contains(NOON.plusSeconds(1).toString()));
    assertEquals(2, dumps.names().size());
    dumps.delete(dumps.currentName(), Optional.of(NOON.plusSeconds(1)));
    assertEquals(List.of(entry("a", "shown")), read(dumps.currentName()));
  }

  @Test
  void unknownNamesAreNotFound() {
    write(NOON, entry("a", "good"));
    for (String name :
        List.of("other", "../" + dumps.currentName(), "/etc/passwd", "", ".", "a\u0000b")) {
      assertThrows(DumpNotFound.class, () -> dumps.open(name), name);
      assertThrows(DumpNotFound.class, () -> dumps.describe(name), name);
    }
    assertFalse(dumps.names().contains("other"));
  }

  /** The account of a server with so many entries, and of others that failed. */
  private DumpInfo write(Instant createdAt, DumpAccount account, CacheEntry entry) {
    try (DumpWriter writer = create(createdAt)) {
      PartWriter part = writer.part("127.0.0.1:11211");
      part.write(dumped(entry));
      part.end();
      return writer.commit(account, () -> {});
    }
  }

  @Test
  void headerAndAccountComeBackUnchanged() {
    DumpHeader header = new DumpHeader(
        NOON.plusNanos(123_456_789), List.of("a:1", "[::1]:2", "имя \"x\""), "1.0-\\");
    try (DumpWriter writer = dumps.create(header)) {
      assertTrue(writer.bytes() >= 0);
      DumpInfo written = writer.commit(account(0), () -> {});
      assertEquals(header, written.header());
      assertEquals(Optional.of(account(0)), written.account());
      assertTrue(written.complete());
      assertEquals(written, dumps.describe(written.name()));
      try (DumpReader reader = dumps.open(written.name())) {
        assertEquals(written, reader.info());
      }
    }
  }

  @Test
  void lastAccessComesBackUnchanged() {
    DumpEntry entry = new DumpEntry(entry("a", "b"), NOON.getEpochSecond());
    try (DumpWriter writer = create(NOON)) {
      PartWriter part = writer.part("127.0.0.1:11211");
      part.write(entry);
      part.end();
      writer.commit(account(1), () -> {});
    }
    try (DumpReader reader = dumps.open(dumps.currentName())) {
      assertEquals(entry, reader.next());
    }
  }

  @Test
  void anIncompleteDumpIsNeverCurrent() {
    DumpInfo first = write(NOON, account(1, "it went away"), entry("a", "partial"));
    assertFalse(first.complete());
    assertTrue(first.valid());
    assertEquals(
        Optional.of(account(1, "it went away")), dumps.describe(first.name()).account());
    assertThrows(DumpNotFound.class, () -> dumps.open(dumps.currentName()));
    write(NOON.plusSeconds(1), account(1), entry("a", "whole"));
    String last =
        write(NOON.plusSeconds(2), account(1, "late"), entry("a", "late")).name();
    assertEquals(3, dumps.names().size());
    assertEquals(last, dumps.names().get(0));
    assertEquals(List.of(entry("a", "whole")), read(dumps.currentName()));
    assertEquals(List.of(entry("a", "late")), read(last));
  }

  @Test
  void deletingTheNewestPassesTheCurrentNameOn() {
    write(NOON, account(1), entry("a", "first"));
    write(NOON.plusSeconds(1), account(1, "partial"), entry("a", "partial"));
    String newest = write(NOON.plusSeconds(2), account(1), entry("a", "newest")).name();
    dumps.delete(newest);
    assertEquals(List.of(entry("a", "first")), read(dumps.currentName()));
    dumps.delete(dumps.currentName());
    assertEquals(1, dumps.names().size());
    assertThrows(DumpNotFound.class, () -> dumps.describe(dumps.currentName()));
    dumps.delete(dumps.currentName());
    assertEquals(1, dumps.names().size());
  }

  @Test
  void salvagingAWholeDumpGivesEverything() {
    write(NOON, entry("a", "1"), entry("b", "2"));
    List<CacheEntry> entries = new ArrayList<>();
    try (DumpReader reader = dumps.salvage(dumps.currentName())) {
      assertTrue(reader.info().valid());
      for (DumpEntry next = reader.next(); next != null; next = reader.next()) {
        entries.add(next.entry());
      }
    }
    assertEquals(List.of(entry("a", "1"), entry("b", "2")), entries);
    assertThrows(DumpNotFound.class, () -> dumps.salvage("other"));
  }

  @Test
  void theBytesHaveTheReportedLength() throws IOException {
    DumpInfo written = write(NOON, entry("a", "1"));
    for (String name : List.of(written.name(), dumps.currentName())) {
      try (DumpBytes bytes = dumps.bytes(name)) {
        assertEquals(written.bytes(), bytes.length());
        assertEquals(written.bytes(), bytes.stream().readAllBytes().length);
      }
    }
    assertThrows(DumpNotFound.class, () -> dumps.bytes("other"));
  }

  @Test
  void anAccountWithAnotherCountIsRejected() {
    write(NOON, entry("a", "good"));
    DumpFailed failed = assertThrows(
        DumpFailed.class, () -> write(NOON.plusSeconds(1), account(2), entry("a", "one")));
    assertTrue(
        failed.getMessage().endsWith("its account says 2 entries, and it has 1"),
        failed.getMessage());
    assertEquals(List.of(entry("a", "good")), read(dumps.currentName()));
  }
}
