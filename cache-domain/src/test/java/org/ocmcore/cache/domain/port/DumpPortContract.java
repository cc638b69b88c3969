package org.ocmcore.cache.domain.port;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Expiry;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.error.DumpNotFound;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.port.DumpPort.DumpReader;
import org.ocmcore.cache.domain.port.DumpPort.DumpWriter;
import org.ocmcore.cache.domain.port.DumpPort.PartWriter;

/** What every {@link DumpPort} does. */
public abstract class DumpPortContract {
  protected static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");

  private DumpPort dumps;

  /** A place without dumps. */
  protected abstract DumpPort createDumps();

  @BeforeEach
  void createEmptyPlace() {
    dumps = createDumps();
  }

  protected static CacheEntry entry(String key, String value) {
    return new CacheEntry(CacheKey.of(key), CacheValue.ofText(value), Expiry.NEVER);
  }

  private DumpInfo write(Instant createdAt, CacheEntry... entries) {
    try (DumpWriter writer = create(createdAt)) {
      PartWriter part = writer.part();
      for (CacheEntry entry : entries) {
        assertTrue(part.write(dumped(entry)));
      }
      part.end();
      return writer.commit(new DumpAccount(List.of()), () -> {});
    }
  }

  private DumpWriter create(Instant createdAt) {
    return dumps.create(new DumpHeader(createdAt, List.of("127.0.0.1:11211"), "1.0"));
  }

  private static DumpEntry dumped(CacheEntry entry) {
    return new DumpEntry(entry, KeyInfo.UNKNOWN);
  }

  private List<CacheEntry> read(String name) {
    List<CacheEntry> entries = new ArrayList<>();
    try (DumpReader reader = dumps.open(name)) {
      for (DumpEntry next = reader.next(); next != null; next = reader.next()) {
        entries.add(next.entry());
      }
      assertNull(reader.next());
    }
    return entries;
  }

  @Test
  void anEmptyPlaceHasNoDumps() {
    assertEquals(List.of(), dumps.names());
    assertThrows(DumpNotFound.class, () -> dumps.open(dumps.currentName()));
    assertThrows(DumpNotFound.class, () -> dumps.describe(dumps.currentName()));
  }

  @Test
  void whatIsWrittenIsReadBack() {
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
  void theNewestIsCurrentAndTheOlderOnesKeepTheirContent() {
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
  void dumpsOfTheSameMomentAreAllKept() {
    write(NOON, entry("a", "first"));
    write(NOON, entry("a", "second"));
    write(NOON, entry("a", "third"));
    assertEquals(
        List.of(entry("a", "third"), entry("a", "second"), entry("a", "first")),
        dumps.names().stream().map(name -> read(name).get(0)).toList());
  }

  @Test
  void aDumpThatIsNotCommittedLeavesNoTrace() {
    String good = write(NOON, entry("a", "good")).name();
    try (DumpWriter writer = create(NOON.plusSeconds(1))) {
      PartWriter part = writer.part();
      part.write(dumped(entry("a", "dropped")));
      part.end();
    }
    assertEquals(List.of(good), dumps.names());
    assertEquals(List.of(entry("a", "good")), read(dumps.currentName()));
  }

  @Test
  void aCommitThatIsEndedLeavesNoTrace() {
    String good = write(NOON, entry("a", "good")).name();
    try (DumpWriter writer = create(NOON.plusSeconds(1))) {
      PartWriter part = writer.part();
      part.write(dumped(entry("a", "dropped")));
      part.end();
      IllegalStateException end = new IllegalStateException("stop");
      assertSame(
          end,
          assertThrows(
              IllegalStateException.class,
              () -> writer.commit(new DumpAccount(List.of()), () -> {
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

  @Test
  void aNameThatIsNoDumpIsNotFound() {
    write(NOON, entry("a", "good"));
    for (String name :
        List.of("other", "../" + dumps.currentName(), "/etc/passwd", "", ".", "a\u0000b")) {
      assertThrows(DumpNotFound.class, () -> dumps.open(name), name);
      assertThrows(DumpNotFound.class, () -> dumps.describe(name), name);
    }
    assertFalse(dumps.names().contains("other"));
  }
}
