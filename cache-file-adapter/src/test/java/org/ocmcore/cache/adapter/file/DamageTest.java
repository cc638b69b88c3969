package org.ocmcore.cache.adapter.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.ocmcore.cache.adapter.file.DumpFiles.ENTRY;
import static org.ocmcore.cache.adapter.file.DumpFiles.HEADER;
import static org.ocmcore.cache.adapter.file.DumpFiles.NOON;
import static org.ocmcore.cache.adapter.file.DumpFiles.closed;
import static org.ocmcore.cache.adapter.file.DumpFiles.trailer;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Expiry;
import org.ocmcore.cache.domain.error.DumpUnusable;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.port.DumpInfo;
import org.ocmcore.cache.domain.port.DumpPort.DumpReader;

/** Files that are no whole dumps are refused, with a reason. */
final class DamageTest {
  private static final FileTime LONG_AGO = FileTime.from(Instant.parse("2026-01-01T00:00:00Z"));

  @TempDir
  private Path folder;

  private Path file;
  private FileDumps dumps;

  @BeforeEach
  void createDumps() {
    file = folder.resolve("dump.json");
    dumps = new FileDumps(file);
  }

  private DumpUnusable assertUnusable(String hint) {
    DumpInfo info = dumps.describe("dump.json");
    assertFalse(info.valid(), hint);
    assertEquals(0, info.entries(), hint);
    assertEquals(List.of("dump.json"), dumps.names());
    return assertThrows(DumpUnusable.class, () -> dumps.open("dump.json"), hint);
  }

  private void assertRefused(String reason, String content) throws IOException {
    Files.writeString(file, content);
    assertEquals(
        "dump 'dump.json' is not usable: " + reason, assertUnusable(reason).getMessage());
  }

  private void assertEntryRefused(String reason, String line) throws IOException {
    assertRefused(reason, closed(HEADER, ENTRY, line));
  }

  private byte[] smallDump() throws IOException {
    DumpFiles.write(
        dumps,
        NOON,
        List.of(
            DumpFiles.entry("a", "é \"x\""),
            new CacheEntry(
                CacheKey.ofBytes(new byte[] {-1}),
                CacheValue.of(new byte[] {-1, 0}, 9),
                Expiry.at(NOON))));
    return Files.readAllBytes(file);
  }

  @Test
  void aDumpThatIsCutOffAnywhereIsRefused() throws IOException {
    int whole = smallDump().length;
    try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw")) {
      for (int length = whole - 1; length >= 0; length--) {
        access.setLength(length);
        assertUnusable("first " + length + " bytes");
      }
    }
  }

  @Test
  void aDumpWithAnyBitFlippedIsRefused() throws IOException {
    byte[] bytes = smallDump();
    for (int i = 0; i < bytes.length; i++) {
      for (int bit = 1; bit < 0x100; bit <<= 1) {
        overwrite(i, bytes[i] ^ bit);
        assertUnusable("byte " + i + ", bit " + bit);
      }
      overwrite(i, bytes[i]);
    }
    assertTrue(dumps.describe("dump.json").valid());
  }

  @Test
  void aDumpThatIsCutOffSaysWhere() throws IOException {
    assertRefused(
        "it is cut off after line 2: its closing line is missing", HEADER + "\n" + ENTRY + "\n");
    assertRefused("it is cut off in line 2", HEADER + "\n" + ENTRY);
    assertRefused("it is cut off in line 1", HEADER);
  }

  @Test
  void aFileThatIsNoDumpSaysSo() throws IOException {
    assertRefused("it is empty", "");
    assertRefused(
        "it is a JSON list, as older systems wrote it: a list of keys has no values to restore",
        "[\"app:1\", \"app:2\"]");
    assertRefused("line 1 is not the first line of a dump", "{\"a\": 1}");
  }

  @Test
  void aHeaderThatCannotBeReadIsRefused() throws IOException {
    String format = "{\"format\":\"cache-app-dump\",";
    assertRefused("line 1 is not valid JSON", closed(format + "}"));
    assertRefused("line 1 is not a JSON object", closed(format + "\"version\":1}[]"));
    assertRefused("line 1 has no valid version", closed(format + "\"version\":\"1\"}"));
    assertRefused("line 1 has no valid created_at", closed(format + "\"version\":1}"));
    for (String time : List.of("noon", "2026-13-01T00:00:00Z", "+10000-01-01T00:00:00Z")) {
      assertRefused(
          "line 1 has no valid created_at",
          closed(format + "\"version\":1,\"created_at\":\"" + time + "\"}"));
    }
  }

  @Test
  void aDumpOfANewerVersionSaysSo() throws IOException {
    assertRefused(
        "it was written by a newer version (format 2; this one reads 1)",
        closed("{\"format\":\"cache-app-dump\",\"version\":2,\"new\":{\"a\":[1]}}", "{\"x\":1}"));
  }

  @Test
  void aTrailerThatDoesNotFitSaysWhatDiffers() throws IOException {
    String before = HEADER + "\n" + ENTRY + "\n";
    String whole = closed(HEADER, ENTRY);
    long bytes = before.length();
    String sha256 = whole.substring(whole.length() - 67, whole.length() - 3);
    assertEquals(whole, before + trailer(1, bytes, sha256));
    assertRefused(
        "its closing line, line 3, counts 2 entries, but there are 1",
        before + trailer(2, bytes, sha256));
    assertRefused(
        "its closing line, line 3, counts 7 bytes, but there are " + bytes,
        before + trailer(1, 7, sha256));
    assertRefused(
        "its closing line, line 3, has another checksum: some line before it was changed",
        whole.replace("first", "other"));
    assertRefused(
        "its closing line, line 3, is not as it was written", before + "{\"entries\":1}\n");
    assertRefused("its closing line, line 3, is not valid JSON", before + "{\"entries\":x}\n");
  }

  @Test
  void whateverFollowsTheTrailerIsRefused() throws IOException {
    String whole = closed(HEADER, ENTRY);
    assertRefused("something follows its closing line, in line 4", whole + "\n");
    assertRefused("something follows its closing line, in line 4", whole + ENTRY + "\n");
    assertRefused("it is cut off in line 4", whole + "x");
  }

  @Test
  void entriesThatAreNotAsWrittenAreRefusedWithTheirLine() throws IOException {
    String rest = "\"flags\":0,\"expires_at\":null}";
    assertEntryRefused("line 3 is not valid JSON", "{\"key\":\"secret");
    assertEntryRefused("line 3 is not valid JSON", "{\"key\":secret}");
    assertEntryRefused("line 3: it is not a JSON object", "");
    assertEntryRefused("line 3: it is not a JSON object", "[]");
    assertEntryRefused(
        "line 3: something follows the JSON object", ENTRY.replace("\"a\"", "\"b\"") + " 1");
    assertEntryRefused("line 3: \"key\" is missing", "{\"value\":\"\"," + rest);
    assertEntryRefused("line 3: \"value\" is missing", "{\"key\":\"k\"," + rest);
    assertEntryRefused(
        "line 3: \"flags\" is missing", "{\"key\":\"k\",\"value\":\"\",\"expires_at\":null}");
    assertEntryRefused(
        "line 3: \"expires_at\" is missing", "{\"key\":\"k\",\"value\":\"\",\"flags\":0}");
    assertEntryRefused(
        "line 3: \"key_base64\" comes after another of its kind",
        "{\"key\":\"k\",\"key_base64\":\"YQ==\",\"value\":\"\"," + rest);
    assertEntryRefused(
        "line 3: \"value\" comes after another of its kind",
        "{\"key\":\"k\",\"value\":\"\",\"value\":\"\"," + rest);
    assertEntryRefused("line 3: unknown field \"more\"", "{\"more\":1,\"key\":\"k\"," + rest);
  }

  @Test
  void fieldsThatAreNotAsWrittenAreRefusedWithTheirLine() throws IOException {
    String key = "{\"key\":\"k\",";
    String end = ",\"expires_at\":null}";
    assertEntryRefused("line 3: \"key\" is not a text", "{\"key\":[]}");
    assertEntryRefused("line 3: \"value\" is not a text", key + "\"value\":1}");
    assertEntryRefused(
        "line 3: \"value_base64\" is not valid Base64", key + "\"value_base64\":\"a?\"}");
    assertEntryRefused(
        "line 3: \"value\" contains half a surrogate pair", key + "\"value\":\"\\ud800\"}");
    String value = key + "\"value\":\"\",";
    assertEntryRefused("line 3: \"flags\" is not a whole number", value + "\"flags\":1.5" + end);
    assertEntryRefused(
        "line 3: flags -1 are not within 0 to 4294967295", value + "\"flags\":-1" + end);
    assertEntryRefused(
        "line 3: flags 4294967296 are not within 0 to 4294967295",
        value + "\"flags\":4294967296" + end);
    assertEntryRefused(
        "line 3: \"flags\" is out of range", value + "\"flags\":9223372036854775808" + end);
    assertEntryRefused(
        "line 3: \"expires_at\" is not a whole number",
        value + "\"flags\":0,\"expires_at\":\"never\"}");
    assertEntryRefused(
        "line 3: \"expires_at\" 9223372036854775807 is not a time",
        value + "\"flags\":0,\"expires_at\":9223372036854775807}");
  }

  @Test
  void keysThatCannotBeAreRefusedWithTheirLine() throws IOException {
    String rest = ",\"value\":\"\",\"flags\":0,\"expires_at\":null}";
    assertEntryRefused("line 3: key is empty", "{\"key\":\"\"" + rest);
    assertEntryRefused(
        "line 3: key \"" + " ".repeat(60)
            + "…\" is 187 bytes long, at most 186 are allowed with a space, CR, LF or NUL in it",
        "{\"key\":\"" + " ".repeat(187) + "\"" + rest);
    assertEntryRefused(
        "line 3: key \"" + "k".repeat(60) + "…\" is 251 bytes long, at most 250 are allowed",
        "{\"key\":\"" + "k".repeat(251) + "\"" + rest);
  }

  @Test
  void hostileFilesAreRefusedWithoutMuchMemory() throws IOException {
    assertEntryRefused("line 3 is not valid JSON", "{\"key\":\"k\",\"flags\":" + "9".repeat(1000));
    assertEntryRefused("line 3: \"key\" is not a text", "{\"key\":" + "[".repeat(1_000_000));
    assertRefused(
        "line 1 is not valid JSON",
        closed("{\"format\":\"cache-app-dump\",\"x\":" + "[".repeat(1_000_000)));
    Files.writeString(file, HEADER + "\n");
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(1L << 40);
    }
    assertTrue(
        assertUnusable("sparse").getMessage().endsWith("line 2 is longer than 33554432 bytes"));
  }

  @Test
  void aDamagedDumpIsDescribedByItsHeaderOrElseItsFile() throws IOException {
    String damaged = HEADER + "\n" + ENTRY + "\n";
    Files.writeString(file, damaged);
    assertEquals(0, dumps.describe("dump.json").entries());
    Files.writeString(file, "[]");
    Files.setLastModifiedTime(file, LONG_AGO);
    assertEquals(0, dumps.describe("dump.json").entries());
  }

  @Test
  void aDumpThatChangesWhileItIsReadIsNoticed() throws IOException {
    byte[] large = new byte[2 * DumpFormat.CHUNK];
    Arrays.fill(large, (byte) 'x');
    CacheEntry entry = new CacheEntry(CacheKey.of("large"), CacheValue.of(large, 0), Expiry.NEVER);
    DumpFiles.write(dumps, NOON, Collections.nCopies(4, entry));
    try (DumpReader reader = dumps.open("dump.json")) {
      assertEquals(DumpFiles.dumped(entry), reader.next());
      overwrite(Files.size(file) - 1000, 'y');
      assertEquals(DumpFiles.dumped(entry), reader.next());
      assertEquals(DumpFiles.dumped(entry), reader.next());
      assertTrue(reader.next() != null);
      assertTrue(assertThrows(DumpUnusable.class, reader::next).getMessage().contains("checksum"));
    }
  }

  @Test
  void aDumpThatBecameAnotherUnseenIsNoticed() throws IOException {
    DumpFiles.write(dumps, NOON, "first");
    Files.setLastModifiedTime(file, LONG_AGO);
    assertTrue(dumps.describe("dump.json").valid());
    Files.writeString(file, closed(HEADER, ENTRY.replace("first", "other")));
    Files.setLastModifiedTime(file, LONG_AGO);
    try (DumpReader reader = dumps.open("dump.json")) {
      assertEquals(DumpFiles.entry("a", "other"), reader.next());
      DumpUnusable changed = assertThrows(DumpUnusable.class, reader::next);
      assertTrue(changed.getMessage().endsWith("it was changed while it was read"));
    }
  }

  @Test
  void aDumpThatIsReplacedWhileItIsReadIsReadToItsEnd() {
    DumpFiles.write(dumps, NOON, "first");
    try (DumpReader reader = dumps.open("dump.json")) {
      DumpFiles.write(dumps, NOON, "second");
      assertEquals(DumpFiles.entry("a", "first"), reader.next());
      assertEquals(null, reader.next());
    }
  }

  @Test
  void anUnchangedFileIsNotCheckedAgainAndAChangedOneIs() throws IOException {
    DumpFiles.write(dumps, NOON, "first");
    Files.setLastModifiedTime(file, LONG_AGO);
    assertTrue(dumps.describe("dump.json").valid());
    overwrite(Files.size(file) - 10, '0');
    Files.setLastModifiedTime(file, LONG_AGO);
    assertTrue(dumps.describe("dump.json").valid(), "nothing shows that it has changed");
    try (DumpReader reader = dumps.open("dump.json")) {
      reader.next();
      assertThrows(DumpUnusable.class, reader::next);
    }
    Files.setLastModifiedTime(file, FileTime.from(LONG_AGO.toInstant().plusNanos(1000)));
    assertFalse(dumps.describe("dump.json").valid());
  }

  @Test
  void anUnchangedDamagedFileIsNotCheckedAgainAndAChangedOneIs() throws IOException {
    DumpFiles.write(dumps, NOON, "first");
    long digit = Files.size(file) - 10;
    byte before = Files.readAllBytes(file)[(int) digit];
    overwrite(digit, '?');
    Files.setLastModifiedTime(file, LONG_AGO);
    String reason = assertUnusable("damaged").getMessage();
    overwrite(digit, before);
    Files.setLastModifiedTime(file, LONG_AGO);
    assertEquals(reason, assertUnusable("nothing shows that it has changed").getMessage());
    Files.setLastModifiedTime(file, FileTime.from(LONG_AGO.toInstant().plusNanos(1000)));
    assertTrue(dumps.describe("dump.json").valid());
  }

  @Test
  void aFileOfNowIsCheckedAgainSinceItsTimeMayStayTheSame() throws IOException {
    DumpFiles.write(dumps, NOON, "first");
    FileTime time = Files.getLastModifiedTime(file);
    assertTrue(dumps.describe("dump.json").valid());
    overwrite(Files.size(file) - 10, '?');
    Files.setLastModifiedTime(file, time);
    assertFalse(dumps.describe("dump.json").valid());
  }

  private void overwrite(long position, int with) throws IOException {
    try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw")) {
      access.seek(position);
      access.write(with);
    }
  }
}
