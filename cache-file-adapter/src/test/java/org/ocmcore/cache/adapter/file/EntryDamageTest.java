package org.ocmcore.cache.adapter.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.ocmcore.cache.adapter.file.DumpFiles.ENTRY;
import static org.ocmcore.cache.adapter.file.DumpFiles.HEADER;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.port.DumpInfo;

/** A block with an invalid entry is rejected; the message has the number of the entry. */
final class EntryDamageTest extends DamageFixture {
  @Test
  void blocksWithAWrongCountAreRejected() throws IOException {
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
  void invalidEntriesAreRejectedWithTheirNumber() throws IOException {
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
  void invalidFieldsAreRejectedWithTheirEntry() throws IOException {
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
  void invalidKeysAreRejectedWithTheirEntry() throws IOException {
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
  void hostileFilesAreRejectedInLittleMemory() throws IOException {
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
}
