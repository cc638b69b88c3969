package org.ocmcore.cache.adapter.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.ocmcore.cache.adapter.file.DumpFiles.NOON;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Expiry;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.port.DumpEntry;
import org.ocmcore.cache.domain.port.DumpInfo;
import org.ocmcore.cache.domain.port.DumpPort.DumpReader;
import org.ocmcore.cache.domain.port.DumpPort.DumpWriter;
import org.ocmcore.cache.domain.port.DumpPort.PartWriter;

/**
 * The content of a dump, to the byte. {@code -Dcache.fuzz.factor=10} tries ten times the random
 * dumps (see {@link FuzzRounds}).
 */
final class FormatTest {
  @TempDir
  private Path folder;

  private Path file;

  private FileDumps dumps;

  @BeforeEach
  void createDumps() {
    file = folder.resolve("dump.json");
    dumps = new FileDumps(file);
  }

  private void assertRoundTrip(List<CacheEntry> entries, String hint) {
    DumpFiles.write(dumps, NOON, entries);
    assertEquals(entries, DumpFiles.read(dumps, dumps.currentName()), hint);
  }

  /** If this fails, existing dumps can no longer be read: add a new format version instead. */
  @Test
  void theTextOfADumpIsFixed() throws IOException {
    try (DumpWriter writer =
        dumps.create(DumpFiles.header(Instant.parse("2026-01-02T12:00:00.123456Z")))) {
      PartWriter part = writer.part("127.0.0.1:11211");
      part.write(new DumpEntry(
          new CacheEntry(
              CacheKey.of("app:user/1"),
              CacheValue.of("a \"b\" \\ / é 🔑\n\r\t\u007f".getBytes(StandardCharsets.UTF_8), 7),
              Expiry.at(NOON)),
          NOON.getEpochSecond() - 60));
      part.write(DumpFiles.dumped(new CacheEntry(
          CacheKey.ofBytes(new byte[] {(byte) 0xff, 'x'}),
          CacheValue.of(new byte[] {(byte) 0xfe, 0, 1, 2}, CacheValue.MAX_FLAGS),
          Expiry.NEVER)));
      part.end();
      PartWriter other = writer.part("127.0.0.1:11211");
      other.write(DumpFiles.dumped(
          new CacheEntry(CacheKey.of("empty"), CacheValue.ofText(""), Expiry.NEVER)));
      other.write(DumpFiles.dumped(
          new CacheEntry(CacheKey.of("nul"), CacheValue.ofText("\u0000"), Expiry.NEVER)));
      other.end();
      writer.commit(DumpFiles.partialAccount(4), () -> {});
    }
    Path written = folder.resolve("dump-20260102T120000.123Z.json");
    assertEquals("""
        {"format":"cache-app-dump","version":3,"created_at":"2026-01-02T12:00:00.123456Z","servers":["127.0.0.1:11211"],"product":"1.0"}
        {"key":"app:user/1","value":"a \\"b\\" \\\\ / é 🔑\\n\\r\\t\u007f","flags":7,"expires_at":1767355200,"size":94,"last_access":1767355140}
        {"key_base64":"/3g=","value_base64":"/gABAg==","flags":4294967295,"expires_at":null,"size":69,"last_access":null}
        {"block":1,"server":0,"entries":2,"bytes":242,"crc32c":"2c7bfbf0"}
        {"key":"empty","value":"","flags":0,"expires_at":null,"size":64,"last_access":null}
        {"key":"nul","value_base64":"AA==","flags":0,"expires_at":null,"size":63,"last_access":null}
        {"block":2,"server":0,"entries":2,"bytes":177,"crc32c":"77373f28"}
        {"account":[{"server":"127.0.0.1:11211","seen":4,"written":4,"gone":0,"expired":0,"elsewhere":0,"stale":0,"too_large":0,"failed":0,"failure":null},{"server":"127.0.0.1:11212","seen":0,"written":0,"gone":0,"expired":0,"elsewhere":0,"stale":0,"too_large":0,"failed":0,"failure":"connection refused"}],"complete":false}
        {"entries":4,"bytes":999,"sha256":"ca16866ed9ae185d6cd31a2a4582169437f08205de32e4c16624bc7cd739cc72"}
        """, Files.readString(written));
  }

  /** Its blocks do not name their servers. */
  @Test
  void dumpsOfVersionTwoAreRead() throws IOException {
    String text = """
        {"format":"cache-app-dump","version":2,"created_at":"2026-01-02T12:00:00Z","servers":["127.0.0.1:11211"],"product":"1.0.0"}
        {"key":"app:user/1","value":"text","flags":0,"expires_at":1767358800,"size":73,"last_access":1767355140}
        {"key_base64":"/3g=","value_base64":"/gABAg==","flags":4294967295,"expires_at":null,"size":69,"last_access":null}
        {"block":1,"entries":2,"bytes":219,"crc32c":"1614bb1c"}
        {"account":[{"server":"127.0.0.1:11211","seen":3,"written":2,"gone":1,"expired":0,"elsewhere":0,"too_large":0,"failed":0,"failure":null}],"complete":true}
        {"entries":2,"bytes":554,"sha256":"87fa139ab1a4f6832ba11c8ba94bcd9ab9398586718ba3c4364e572e7e35815b"}
        """;
    Files.writeString(file, text);
    assertEquals(2, DumpFiles.read(dumps, "dump.json").size());
    try (DumpReader reader = dumps.open("dump.json")) {
      reader.next();
      assertEquals(Optional.of("127.0.0.1:11211"), reader.server());
    }
  }

  /** The documented format stays readable, even if a later version writes another one. */
  @Test
  void theDocumentedExampleIsADump() throws IOException {
    String page = Files.readString(Path.of("../docs/dump-format.md"));
    int begin = page.indexOf("{\"format\"");
    String example = page.substring(begin, page.indexOf("```", begin));
    Files.writeString(file, example);
    List<DumpEntry> entries = new ArrayList<>();
    try (DumpReader reader = dumps.open("dump.json")) {
      for (DumpEntry next = reader.next(); next != null; next = reader.next()) {
        entries.add(next);
      }
      DumpInfo info = reader.info();
      assertTrue(info.complete());
      Path copy = folder.resolve("copy.json");
      FileDumps others = new FileDumps(copy);
      try (DumpWriter writer = others.create(info.header())) {
        PartWriter part = writer.part("127.0.0.1:11211");
        entries.forEach(part::write);
        part.end();
        writer.commit(info.account().orElseThrow(), () -> {});
      }
      assertEquals(example, Files.readString(copy));
    }
    assertEquals(2, entries.size());
  }

  @Test
  void anEmptyDumpHasHeaderAccountAndTrailer() throws IOException {
    DumpFiles.write(dumps, NOON, List.of());
    assertEquals(DumpFiles.closed(DumpFiles.HEADER), Files.readString(file));
  }

  @Test
  void theTextIsTheSameInEveryLocale() throws IOException {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
    try {
      DumpFiles.write(dumps, NOON, "first");
    } finally {
      Locale.setDefault(before);
    }
    assertEquals(DumpFiles.closed(DumpFiles.HEADER, DumpFiles.ENTRY), Files.readString(file));
  }

  @Test
  void handWrittenDumpsAreRead() throws IOException {
    Files.writeString(file, DumpFiles.closed(DumpFiles.HEADER, DumpFiles.ENTRY));
    assertEquals("first", DumpFiles.value(dumps, "dump.json"));
  }

  @Test
  void unusualTextComesBackUnchanged() {
    List<CacheEntry> entries = new ArrayList<>();
    for (String text : List.of(
        "\ufeffbyte order mark",
        "\ufeff",
        "\ufffe\uffff\ufffd",
        "\u0000\u0001\u001f\u007f\u0080\u009f",
        "\u2028\u2029\u0085",
        "\r\n\r\n",
        "\\u0000 \\ud800 \\",
        "e\u0301 is not \u00e9",
        "\ud800\udc00\udbff\udfff",
        "\"}\n{\"entries\":1,")) {
      entries.add(
          new CacheEntry(CacheKey.of("k" + entries.size()), CacheValue.ofText(text), Expiry.NEVER));
    }
    entries.add(DumpFiles.entry("\ufeffkey", ""));
    assertRoundTrip(entries, "");
  }

  @Test
  void invalidUtf8ComesBackUnchanged() {
    List<CacheEntry> entries = new ArrayList<>();
    for (int[] bytes : new int[][] {
      {0xc0, 0x80}, // overlong
      {0xe0, 0x80, 0x80},
      {0xf0, 0x80, 0x80, 0x80},
      {0xed, 0xa0, 0x80}, // half a surrogate pair
      {0xed, 0xa0, 0x80, 0xed, 0xb0, 0x80}, // a pair, as some write it
      {0xf4, 0x90, 0x80, 0x80}, // above the last character
      {0xe2, 0x82}, // cut off
      {'a', 0x80},
      {0xff}
    }) {
      byte[] content = new byte[bytes.length];
      for (int i = 0; i < bytes.length; i++) {
        content[i] = (byte) bytes[i];
      }
      entries.add(
          new CacheEntry(CacheKey.ofBytes(content), CacheValue.of(content, 0), Expiry.NEVER));
    }
    assertRoundTrip(entries, "");
  }

  @Test
  void charactersAcrossBuffersComeBackUnchanged() {
    List<CacheEntry> entries = new ArrayList<>();
    for (int padding = 0; padding < 8; padding++) {
      for (int size : List.of(1990, 2000, 4090, 8000, 8190, 16_380, 65_530, 131_070)) {
        String text = "x".repeat(padding) + "🔑é€\u0001".repeat(size / 10 + 2);
        byte[] cut = Arrays.copyOf(text.getBytes(StandardCharsets.UTF_8), size + padding);
        entries.add(new CacheEntry(
            CacheKey.of("text" + entries.size()), CacheValue.ofText(text), Expiry.NEVER));
        entries.add(new CacheEntry(
            CacheKey.of("cut" + entries.size()), CacheValue.of(cut, 0), Expiry.NEVER));
      }
    }
    assertRoundTrip(entries, "");
  }

  @Test
  void randomEntriesComeBackUnchanged() {
    for (long seed = 1; seed <= FuzzRounds.of(4); seed++) {
      Random random = new Random(seed);
      List<CacheEntry> entries = new ArrayList<>();
      for (int i = 0; i < 300; i++) {
        entries.add(new CacheEntry(
            CacheKey.ofBytes(RandomBytes.key(random)),
            CacheValue.of(RandomBytes.value(random), random.nextLong() & CacheValue.MAX_FLAGS),
            expiry(random)));
      }
      assertRoundTrip(entries, "seed " + seed);
    }
  }

  private static Expiry expiry(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> Expiry.NEVER;
      case 1 -> new Expiry(Instant.MAX.getEpochSecond());
      case 2 -> new Expiry(random.nextInt());
      default -> new Expiry(NOON.getEpochSecond() + random.nextInt(1_000_000));
    };
  }

  @Test
  void theFileExtensionChoosesTheCompression() throws IOException {
    List<CacheEntry> entries = Collections.nCopies(1_000, DumpFiles.entry("a", "much the same"));
    int[] firstBytes = {'{', 0x1f, 0x28, '{', 0x28};
    List<String> names = List.of("a.json", "b.json.gz", "c.json.zst", "d.gz.json", "E.ZST");
    for (int i = 0; i < names.size(); i++) {
      FileDumps named = new FileDumps(folder.resolve(names.get(i)));
      DumpInfo written = DumpFiles.write(named, NOON, entries);
      byte[] bytes = Files.readAllBytes(folder.resolve(names.get(i)));
      assertEquals(firstBytes[i], bytes[0], names.get(i));
      assertEquals(written.bytes(), bytes.length);
      assertEquals(firstBytes[i] == '{', bytes.length > 20_000, names.get(i));
    }
  }

  @Test
  void compressionIsDetectedByContent() throws IOException {
    DumpFiles.write(new FileDumps(folder.resolve("a.json.zst")), NOON, "first");
    Files.copy(folder.resolve("a.json.zst"), file);
    assertEquals("first", DumpFiles.value(dumps, "dump.json"));
  }
}
