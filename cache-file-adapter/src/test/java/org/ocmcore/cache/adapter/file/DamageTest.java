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
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.error.DumpUnusable;
import org.ocmcore.cache.domain.port.DumpDamage;
import org.ocmcore.cache.domain.port.DumpHeader;
import org.ocmcore.cache.domain.port.DumpInfo;

/** Damaged and foreign files are rejected; the message says where and why. */
final class DamageTest extends DamageFixture {
  @Test
  void foreignFilesAreRejected() throws IOException {
    assertRefused("it is empty", "");
    for (String foreign :
        List.of("{\"a\": 1}", "hello", "\n\n\n", "[1, 2]", "{", "[", "{\"keys\": 1}")) {
      assertRefused(
          "nothing in it is a part of a dump; it begins like no other format that can be restored:"
              + " memcached-tool, csv or ndjson",
          foreign);
    }
    assertRefused("nothing in it is a part of a dump; it begins like csv", "key,value\r\na,1\r\n");
    assertRefused(
        "nothing in it is a part of a dump; it begins like memcached-tool", "add a 0 0 1\r\nx\r\n");
  }

  @Test
  void keyListsOfTheOlderSystemAreRecognized() throws IOException {
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
  void blocksBehindAnInvalidHeaderAreSalvaged() throws IOException {
    String format = "{\"format\":\"cache-app-dump\",";
    assertHeaderRefused("line 1 is not valid JSON", format + "}");
    assertHeaderRefused("line 1 is not a JSON object", format + "\"version\":3}[]");
    assertHeaderRefused("line 1 has no valid version", format + "\"version\":\"2\"}");
    assertHeaderRefused("line 1 has no valid created_at", format + "\"version\":3}");
    for (String time : List.of("noon", "2026-13-01T00:00:00Z", "+10000-01-01T00:00:00Z")) {
      assertHeaderRefused(
          "line 1 has no valid created_at",
          format + "\"version\":3,\"created_at\":\"" + time + "\"}");
    }
    assertHeaderRefused("no block ends here", HEADER.replace("format", "formal"));
  }

  @Test
  void otherFormatVersionsAreRejected() throws IOException {
    assertRefused(
        "it was written by a newer version (format 4; this one reads 3)",
        closed("{\"format\":\"cache-app-dump\",\"version\":4,\"new\":{\"a\":[1]}}", ENTRY));
    assertRefused(
        "it is of format 1, which was never released",
        closed(HEADER.replace("\"version\":3", "\"version\":1"), ENTRY));
  }

  @Test
  void unknownHeaderFieldsAreIgnored() throws IOException {
    Files.writeString(
        file, closed(HEADER.replace("\"servers\"", "\"new\":{\"a\":[1]},\"servers\""), ENTRY));
    assertEquals("first", DumpFiles.value(dumps, "dump.json"));
  }

  @Test
  void aWrongTrailerIsReportedWithItsCorrection() throws IOException {
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
  void anInvalidAccountIsReported() throws IOException {
    String whole = closed(HEADER, ENTRY);
    for (String account : List.of("{\"account\":[", "{\"account\":[{\"seen\":1e9}]x}")) {
      Files.writeString(file, whole.replaceFirst("\\{\"account\".*", account.replace("\\", "")));
      DumpInfo info = dumps.describe("dump.json");
      assertEquals(Optional.empty(), info.account());
      assertEquals("its account cannot be read", info.damages().get(0).reason());
    }
  }

  @Test
  void anAccountWithAnotherCountIsReported() throws IOException {
    for (int counted : List.of(0, 2)) {
      String whole = closed(HEADER, ENTRY);
      int end = whole.indexOf("{\"account\"");
      String before = whole.substring(0, end) + DumpFiles.accountLine(counted);
      byte[] bytes = before.getBytes(StandardCharsets.UTF_8);
      String sha256 = HexFormat.of().formatHex(DumpFormat.sha256().digest(bytes));
      String content = before + DumpFiles.trailer(1, bytes.length, sha256);
      Files.writeString(file, content);
      DumpDamage damage = new DumpDamage(
          end, content.length(), "its account says %d entries, and it has 1".formatted(counted));
      assertEquals(List.of(damage), dumps.describe("dump.json").damages());
      assertTrue(messageOfFailingOpen().endsWith(damage.toString()));
      assertEquals(1, DumpFiles.salvage(dumps, "dump.json").size());
      Files.writeString(file, content.replace("first", "other"));
      List<DumpDamage> other = dumps.describe("dump.json").damages();
      assertEquals(1, other.size(), other.toString());
      assertFalse(other.get(0).reason().contains("account"), other.toString());
    }
  }

  @Test
  void anythingBehindTheTrailerIsReported() throws IOException {
    String whole = closed(HEADER, ENTRY);
    for (String more : List.of("\n", ENTRY + "\n", "x", "\u0000", whole)) {
      Files.writeString(file, whole + more);
      DumpInfo info = dumps.describe("dump.json");
      assertFalse(info.valid(), more);
      assertEquals(whole.length(), info.damages().get(0).from(), more);
    }
  }

  @Test
  void oneThousandDamagesAreReportedAtMost() throws IOException {
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
  void damagedBlockNumbersAreInferred() throws IOException {
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
  void damagedDumpsAreDescribedByHeaderOrFile() throws IOException {
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
}
