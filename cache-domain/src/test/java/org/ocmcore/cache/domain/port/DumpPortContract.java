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
import org.ocmcore.cache.domain.error.DumpNotFound;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.port.DumpPort.DumpReader;
import org.ocmcore.cache.domain.port.DumpPort.DumpWriter;

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
    try (DumpWriter writer = dumps.create(createdAt, List.of("127.0.0.1:11211"))) {
      for (CacheEntry entry : entries) {
        assertTrue(writer.write(entry));
      }
      return writer.commit();
    }
  }

  private List<CacheEntry> read(String name) {
    List<CacheEntry> entries = new ArrayList<>();
    try (DumpReader reader = dumps.open(name)) {
      for (CacheEntry entry = reader.next(); entry != null; entry = reader.next()) {
        entries.add(entry);
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
    assertEquals(dumps.currentName(), written.name());
    assertEquals(NOON, written.createdAt());
    assertEquals(entries.length, written.entries());
    assertTrue(written.bytes() > 1_000_000);
    assertTrue(written.valid());
    assertEquals(written, dumps.describe(dumps.currentName()));
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
    assertEquals(dumps.currentName(), names.get(0));
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
    write(NOON, entry("a", "good"));
    try (DumpWriter writer = dumps.create(NOON.plusSeconds(1), List.of())) {
      writer.write(entry("a", "dropped"));
    }
    assertEquals(List.of(dumps.currentName()), dumps.names());
    assertEquals(List.of(entry("a", "good")), read(dumps.currentName()));
  }

  @Test
  void aCommitThatIsEndedLeavesNoTrace() {
    write(NOON, entry("a", "good"));
    try (DumpWriter writer = dumps.create(NOON.plusSeconds(1), List.of())) {
      writer.write(entry("a", "dropped"));
      IllegalStateException end = new IllegalStateException("stop");
      assertSame(
          end,
          assertThrows(
              IllegalStateException.class,
              () -> writer.commit(() -> {
                throw end;
              })));
    }
    assertEquals(List.of(dumps.currentName()), dumps.names());
    assertEquals(List.of(entry("a", "good")), read(dumps.currentName()));
  }

  @Test
  void aDeletedDumpIsGone() {
    write(NOON, entry("a", "first"));
    write(NOON.plusSeconds(1), entry("a", "second"));
    String older = dumps.names().get(1);
    dumps.delete(older);
    dumps.delete(older);
    assertEquals(List.of(dumps.currentName()), dumps.names());
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
