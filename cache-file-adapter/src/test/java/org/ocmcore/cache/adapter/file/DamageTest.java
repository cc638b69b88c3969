package org.ocmcore.cache.adapter.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.ocmcore.cache.adapter.file.DumpFiles.ENTRY;
import static org.ocmcore.cache.adapter.file.DumpFiles.HEADER;
import static org.ocmcore.cache.adapter.file.DumpFiles.NOON;
import static org.ocmcore.cache.adapter.file.DumpFiles.closed;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Expiry;
import org.ocmcore.cache.domain.error.DumpUnusable;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.port.DumpDamage;
import org.ocmcore.cache.domain.port.DumpHeader;
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
    DumpUnusable salvage = assertThrows(DumpUnusable.class, () -> dumps.salvage("dump.json"), hint);
    DumpUnusable unusable = assertThrows(DumpUnusable.class, () -> dumps.open("dump.json"), hint);
    assertEquals(unusable.getMessage(), salvage.getMessage());
    return unusable;
  }

  private void assertRefused(String reason, String content) throws IOException {
    Files.writeString(file, content);
    assertEquals(
        "dump 'dump.json' is not usable: " + reason, assertUnusable(reason).getMessage());
  }

  /** The block is refused, and with it the dump; the header is whole. */
  private void assertEntryRefused(String reason, String line) throws IOException {
    String begun = HEADER + "\n";
    String block = DumpFiles.block(1, ENTRY, line);
    assertRefused(
        "bytes %d to %,d: block 1: entry 2%s"
            .formatted(begun.length(), begun.length() + block.length(), reason),
        closed(HEADER, ENTRY, line));
  }

  private void assertHeaderRefused(String reason, String header) throws IOException {
    Files.writeString(file, closed(header, ENTRY));
    DumpInfo info = dumps.describe("dump.json");
    assertEquals(
        List.of(
            new DumpDamage(0, 0, "its first line is missing"),
            new DumpDamage(0, header.length() + 1, reason)),
        info.damages());
    assertEquals(List.of(DumpFiles.entry("a", "first")), DumpFiles.salvage(dumps, "dump.json"));
  }

  @Test
  void aFileThatIsNoDumpSaysSo() throws IOException {
    assertRefused("it is empty", "");
    for (String foreign :
        List.of("{\"a\": 1}", "hello", "\n\n\n", "[1, 2]", "{", "[", "{\"keys\": 1}")) {
      assertRefused("nothing in it is a part of a dump", foreign);
    }
  }

  @Test
  void aKeyListOfTheOlderSystemSaysSo() throws IOException {
    String hint =
        ", as the older system wrote it: it holds no values, so there is nothing to" + " restore";
    assertRefused("it is a list of 2 keys" + hint, "[\"app:1\", \"app:2\"]");
    assertRefused("it is a list of 0 keys" + hint, "[]");
    assertRefused("it is a list of 3 keys" + hint, "{\"keys\": [\"a\", \"b\", \"c\"]}\n");
    assertRefused(
        "it is a list of 1 key" + hint,
        "{\n  \"time\": {\"a\": [1]},\n  \"servers\": [\"s\"],\n  \"keys\": [\"k\"],\n  \"x\": 1\n}");
    String many = "\"" + "\",\"".repeat(99_999) + "\"";
    assertRefused("it is a list of 100000 keys" + hint, "[" + many + "]");
    assertRefused("it is a list of 100000 keys" + hint, "{\"keys\":[" + many + "]}");
  }

  @Test
  void aHeaderThatCannotBeReadIsToldAndItsBlocksAreSalvaged() throws IOException {
    String format = "{\"format\":\"cache-app-dump\",";
    assertHeaderRefused("line 1 is not valid JSON", format + "}");
    assertHeaderRefused("line 1 is not a JSON object", format + "\"version\":2}[]");
    assertHeaderRefused("line 1 has no valid version", format + "\"version\":\"2\"}");
    assertHeaderRefused("line 1 has no valid created_at", format + "\"version\":2}");
    for (String time : List.of("noon", "2026-13-01T00:00:00Z", "+10000-01-01T00:00:00Z")) {
      assertHeaderRefused(
          "line 1 has no valid created_at",
          format + "\"version\":2,\"created_at\":\"" + time + "\"}");
    }
    assertHeaderRefused("no block ends here", HEADER.replace("format", "formal"));
  }

  @Test
  void aDumpOfAnotherVersionSaysSo() throws IOException {
    assertRefused(
        "it was written by a newer version (format 3; this one reads 2)",
        closed("{\"format\":\"cache-app-dump\",\"version\":3,\"new\":{\"a\":[1]}}", ENTRY));
    assertRefused(
        "it is of format 1, which was never released",
        closed(HEADER.replace("\"version\":2", "\"version\":1"), ENTRY));
  }

  @Test
  void fieldsOfTheHeaderThatAreNotKnownArePassedOver() throws IOException {
    Files.writeString(
        file, closed(HEADER.replace("\"servers\"", "\"new\":{\"a\":[1]},\"servers\""), ENTRY));
    assertEquals("first", DumpFiles.value(dumps, "dump.json"));
  }

  @Test
  void aTrailerThatDoesNotFitIsToldWithTheOneThatWould() throws IOException {
    String whole = closed(HEADER, ENTRY);
    int end = whole.indexOf("{\"account\"");
    int last = whole.lastIndexOf("{\"entries\"");
    String trailer = whole.substring(last);
    for (String other : List.of(
        trailer.replace("{\"entries\":1", "{\"entries\":2"),
        trailer.replace("\"bytes\":4", "\"bytes\":5"),
        trailer.replaceFirst("[0-9a-f]\"}", "x\"}"),
        trailer.replace("{", "{ "),
        "{\"entries\":1}\n",
        "{\"entries\":x}\n")) {
      String content = whole.substring(0, last) + other;
      Files.writeString(file, content);
      DumpInfo info = dumps.describe("dump.json");
      if (other.startsWith("{ ")) {
        assertFalse(info.valid(), other);
      } else {
        assertEquals(
            List.of(new DumpDamage(
                end,
                content.length(),
                "its last line should be %s, and is not".formatted(trailer.strip()))),
            info.damages());
      }
      assertEquals(1, DumpFiles.salvage(dumps, "dump.json").size());
    }
  }

  @Test
  void anAccountThatCannotBeReadIsTold() throws IOException {
    String whole = closed(HEADER, ENTRY);
    for (String account : List.of("{\"account\":[", "{\"account\":[{\"seen\":1e9}]x}")) {
      Files.writeString(file, whole.replaceFirst("\\{\"account\".*", account.replace("\\", "")));
      DumpInfo info = dumps.describe("dump.json");
      assertEquals(Optional.empty(), info.account());
      assertEquals("its account cannot be read", info.damages().get(0).reason());
    }
  }

  @Test
  void anAccountThatCountsOtherEntriesIsTold() throws IOException {
    for (int counted : List.of(0, 2)) {
      String whole = closed(HEADER, ENTRY);
      int end = whole.indexOf("{\"account\"");
      String before = whole.substring(0, end) + DumpFiles.accountLine(counted);
      byte[] bytes = before.getBytes(StandardCharsets.UTF_8);
      String sha256 = HexFormat.of().formatHex(DumpFormat.sha256().digest(bytes));
      String content = before + DumpFiles.trailer(1, bytes.length, sha256);
      Files.writeString(file, content);
      DumpDamage damage = new DumpDamage(
          end,
          content.length(),
          "its account tells of %d entries, and it has 1".formatted(counted));
      assertEquals(List.of(damage), dumps.describe("dump.json").damages());
      assertTrue(openingFails().endsWith(damage.toString()));
      assertEquals(1, DumpFiles.salvage(dumps, "dump.json").size());
      Files.writeString(file, content.replace("first", "other"));
      List<DumpDamage> other = dumps.describe("dump.json").damages();
      assertEquals(1, other.size(), other.toString());
      assertFalse(other.get(0).reason().contains("account"), other.toString());
    }
  }

  @Test
  void whateverFollowsTheTrailerIsTold() throws IOException {
    String whole = closed(HEADER, ENTRY);
    for (String more : List.of("\n", ENTRY + "\n", "x", "\u0000", whole)) {
      Files.writeString(file, whole + more);
      DumpInfo info = dumps.describe("dump.json");
      assertFalse(info.valid(), more);
      assertEquals(whole.length(), info.damages().get(0).from(), more);
    }
  }

  @Test
  void manyDamagesAreToldAsFew() throws IOException {
    StringBuilder text = new StringBuilder(HEADER + "\n");
    for (int i = 1; i <= 3_000; i++) {
      text.append(DumpFiles.block(i, ENTRY)).append("rubbish\n");
    }
    Files.writeString(file, DumpFiles.ended(text.toString(), 3_000));
    DumpInfo info = dumps.describe("dump.json");
    assertEquals(1_000, info.damages().size());
    assertEquals("more is damaged", info.damages().get(999).reason());
    assertEquals(3_000, info.entries());
    String message =
        assertThrows(DumpUnusable.class, () -> dumps.open("dump.json")).getMessage();
    assertTrue(message.endsWith("; and 997 places more"), message);
  }

  @Test
  void aBlockWhoseNumberIsDamagedIsToldByTheOneThatIsMissing() throws IOException {
    String[] blocks = {
      DumpFiles.block(1, ENTRY), DumpFiles.block(2, ENTRY), DumpFiles.block(3, ENTRY)
    };
    Files.writeString(
        file,
        DumpFiles.ended(
            HEADER + "\n" + blocks[0].replace("\"block\":1", "\"block\":3") + blocks[1] + blocks[2],
            3));
    int from = HEADER.length() + 1;
    assertEquals(
        List.of(
            new DumpDamage(from, from + blocks[0].length(), "block 1: its checksum is another")),
        dumps.describe("dump.json").damages());
  }

  @Test
  void blocksThatCountWrongAreRefused() throws IOException {
    String block = DumpFiles.block(1, ENTRY, ENTRY.replace("\"a\"", "\"b\""));
    String wrong = block.replace("\"entries\":2", "\"entries\":3");
    String covered = wrong.substring(0, wrong.length() - DumpFormat.BLOCK_LINE_END);
    CRC32C crc = new CRC32C();
    crc.update(covered.getBytes(StandardCharsets.UTF_8));
    String closedWrong =
        covered + new String(DumpFormat.blockLineEnd((int) crc.getValue()), StandardCharsets.UTF_8);
    String begun = HEADER + "\n" + closedWrong;
    assertRefused(
        "bytes %d to %d: block 1: it says that it has 3 entries, and has 2"
            .formatted(HEADER.length() + 1, begun.length()),
        DumpFiles.ended(begun, 3));
  }

  @Test
  void entriesThatAreNotAsWrittenAreRefusedWithTheirNumber() throws IOException {
    String rest = "\"flags\":0,\"expires_at\":null}";
    assertEntryRefused(" is not valid JSON", "{\"key\":\"secret");
    assertEntryRefused(" is not valid JSON", "{\"key\":secret}");
    assertEntryRefused(": it is not a JSON object", "");
    assertEntryRefused(": it is not a JSON object", "[]");
    assertEntryRefused(
        ": something follows the JSON object", ENTRY.replace("\"a\"", "\"b\"") + " 1");
    assertEntryRefused(": \"key\" is missing", "{\"value\":\"\"," + rest);
    assertEntryRefused(": \"value\" is missing", "{\"key\":\"k\"," + rest);
    assertEntryRefused(
        ": \"flags\" is missing", "{\"key\":\"k\",\"value\":\"\",\"expires_at\":null}");
    assertEntryRefused(": \"expires_at\" is missing", "{\"key\":\"k\",\"value\":\"\",\"flags\":0}");
    assertEntryRefused(
        ": \"key_base64\" comes after another of its kind",
        "{\"key\":\"k\",\"key_base64\":\"YQ==\",\"value\":\"\"," + rest);
    assertEntryRefused(
        ": \"value\" comes after another of its kind",
        "{\"key\":\"k\",\"value\":\"\",\"value\":\"\"," + rest);
    assertEntryRefused(": unknown field \"more\"", "{\"more\":1,\"key\":\"k\"," + rest);
  }

  @Test
  void fieldsThatAreNotAsWrittenAreRefusedWithTheirEntry() throws IOException {
    String key = "{\"key\":\"k\",";
    String end = ",\"expires_at\":null}";
    assertEntryRefused(": \"key\" is not a text", "{\"key\":[]}");
    assertEntryRefused(": \"value\" is not a text", key + "\"value\":1}");
    assertEntryRefused(": \"value_base64\" is not valid Base64", key + "\"value_base64\":\"a?\"}");
    assertEntryRefused(
        ": \"value\" contains half a surrogate pair", key + "\"value\":\"\\ud800\"}");
    String value = key + "\"value\":\"\",";
    assertEntryRefused(": \"flags\" is not a whole number", value + "\"flags\":1.5" + end);
    assertEntryRefused(": flags -1 are not within 0 to 4294967295", value + "\"flags\":-1" + end);
    assertEntryRefused(
        ": flags 4294967296 are not within 0 to 4294967295", value + "\"flags\":4294967296" + end);
    assertEntryRefused(
        ": \"flags\" is out of range", value + "\"flags\":9223372036854775808" + end);
    assertEntryRefused(
        ": \"expires_at\" is not a whole number", value + "\"flags\":0,\"expires_at\":\"never\"}");
    assertEntryRefused(
        ": \"expires_at\" 9223372036854775807 is not a time",
        value + "\"flags\":0,\"expires_at\":9223372036854775807}");
    String all = value + "\"flags\":0,\"expires_at\":null,";
    assertEntryRefused(": \"size\" is not a whole number", all + "\"size\":\"1\"}");
    assertEntryRefused(": \"last_access\" is not a whole number", all + "\"last_access\":[]}");
  }

  @Test
  void keysThatCannotBeAreRefusedWithTheirEntry() throws IOException {
    String rest =
        ",\"value\":\"\",\"flags\":0,\"expires_at\":null,\"size\":1,\"last_access\":null}";
    assertEntryRefused(": key is empty", "{\"key\":\"\"" + rest);
    assertEntryRefused(
        ": key \"" + " ".repeat(60)
            + "…\" is 187 bytes long, at most 186 are allowed with a space, CR, LF or NUL in it",
        "{\"key\":\"" + " ".repeat(187) + "\"" + rest);
    assertEntryRefused(
        ": key \"" + "k".repeat(60) + "…\" is 251 bytes long, at most 250 are allowed",
        "{\"key\":\"" + "k".repeat(251) + "\"" + rest);
  }

  @Test
  void hostileFilesAreRefusedWithoutMuchMemory() throws IOException {
    assertEntryRefused(" is not valid JSON", "{\"key\":\"k\",\"flags\":" + "9".repeat(1000));
    assertEntryRefused(": \"key\" is not a text", "{\"key\":" + "[".repeat(1_000_000));
    assertHeaderRefused(
        "line 1 is not valid JSON",
        "{\"format\":\"cache-app-dump\",\"x\":" + "[".repeat(1_000_000));
    Files.writeString(file, HEADER + "\n");
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(1L << 28);
    }
    DumpInfo info = dumps.describe("dump.json");
    assertEquals(0, info.entries());
    assertTrue(info.damages().size() < 4, info.damages().toString());
  }

  @Test
  void aDamagedDumpIsDescribedByItsHeaderOrElseItsFile() throws IOException {
    String damaged = HEADER + "\n" + ENTRY + "\n";
    Files.writeString(file, damaged);
    DumpInfo info = dumps.describe("dump.json");
    assertEquals(DumpFiles.header(NOON), info.header());
    assertEquals(damaged.length(), info.bytes());
    assertEquals(
        List.of(
            new DumpDamage(HEADER.length() + 1, damaged.length(), "it is cut off"),
            new DumpDamage(
                damaged.length(), damaged.length(), "it is cut off: its last lines are missing")),
        info.damages());
    Files.writeString(file, "[]");
    Files.setLastModifiedTime(file, LONG_AGO);
    info = dumps.describe("dump.json");
    assertEquals(new DumpHeader(LONG_AGO.toInstant(), List.of(), ""), info.header());
    assertEquals(2, info.bytes());
  }

  @Test
  void aDumpThatChangesWhileItIsReadIsNoticed() throws IOException {
    byte[] large = new byte[DumpFormat.BLOCK];
    Arrays.fill(large, (byte) 'x');
    CacheEntry entry = new CacheEntry(CacheKey.of("large"), CacheValue.of(large, 0), Expiry.NEVER);
    DumpFiles.write(dumps, NOON, Collections.nCopies(6, entry));
    try (DumpReader reader = dumps.open("dump.json")) {
      assertEquals(DumpFiles.dumped(entry), reader.next());
      overwrite(Files.size(file) - 10_000, 'y');
      for (int i = 2; i <= 5; i++) {
        assertEquals(DumpFiles.dumped(entry), reader.next());
      }
      assertTrue(assertThrows(DumpUnusable.class, reader::next)
          .getMessage()
          .endsWith("it was changed while it was read"));
    }
  }

  @Test
  void aDumpThatWasWrittenHereAndBecameAnotherUnseenIsNoticed() throws IOException {
    DumpFiles.write(dumps, NOON, "first");
    FileTime time = Files.getLastModifiedTime(file);
    Files.writeString(file, closed(HEADER, ENTRY.replace("first", "other")));
    Files.setLastModifiedTime(file, time);
    try (DumpReader reader = dumps.open("dump.json")) {
      assertEquals(DumpFiles.dumped(DumpFiles.entry("a", "other")), reader.next());
      DumpUnusable changed = assertThrows(DumpUnusable.class, reader::next);
      assertTrue(changed.getMessage().endsWith("it was changed while it was read"));
    }
  }

  @Test
  void aDumpThatIsReplacedWhileItIsReadIsReadToItsEnd() {
    DumpFiles.write(dumps, NOON, "first");
    try (DumpReader reader = dumps.open("dump.json")) {
      DumpFiles.write(dumps, NOON, "second");
      assertEquals(DumpFiles.dumped(DumpFiles.entry("a", "first")), reader.next());
      assertEquals(null, reader.next());
    }
  }

  @Test
  void anUnchangedFileIsNotCheckedAgainUnlessItIsToBeRestoredAndAChangedOneIs() throws IOException {
    DumpFiles.write(dumps, NOON, "first");
    Files.setLastModifiedTime(file, LONG_AGO);
    assertTrue(dumps.describe("dump.json").valid());
    overwrite(Files.size(file) - 10, '0');
    Files.setLastModifiedTime(file, LONG_AGO);
    assertTrue(dumps.describe("dump.json").valid(), "nothing shows that it has changed");
    openingFails();
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
    DumpInfo damaged = dumps.describe("dump.json");
    assertFalse(damaged.valid());
    openingFails();
    overwrite(digit, before);
    Files.setLastModifiedTime(file, LONG_AGO);
    assertEquals(damaged, dumps.describe("dump.json"), "nothing shows that it has changed");
    Files.setLastModifiedTime(file, FileTime.from(LONG_AGO.toInstant().plusNanos(1000)));
    assertTrue(dumps.describe("dump.json").valid());
  }

  @Test
  void aFileOfNowIsCheckedAgainSinceItsTimeMayStayTheSame() throws IOException {
    Files.writeString(file, closed(HEADER, ENTRY));
    FileTime time = Files.getLastModifiedTime(file);
    assertTrue(dumps.describe("dump.json").valid());
    overwrite(Files.size(file) - 10, '?');
    Files.setLastModifiedTime(file, time);
    assertFalse(dumps.describe("dump.json").valid());
  }

  @Test
  void aDumpThatWasReadBackWhenItWasWrittenIsNotCheckedAgain() throws IOException {
    DumpInfo written = DumpFiles.write(dumps, NOON, "first");
    FileTime time = Files.getLastModifiedTime(file);
    overwrite(Files.size(file) - 10, '?');
    Files.setLastModifiedTime(file, time);
    assertEquals(written, dumps.describe(written.name()));
    Files.setLastModifiedTime(file, LONG_AGO);
    assertFalse(dumps.describe(written.name()).valid());
  }

  private String openingFails() {
    return assertThrows(DumpUnusable.class, () -> dumps.open("dump.json")).getMessage();
  }

  private void overwrite(long position, int with) throws IOException {
    try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw")) {
      access.seek(position);
      access.write(with);
    }
  }
}
