package org.ocmcore.cache.adapter.file;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Expiry;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.port.DumpInfo;
import org.ocmcore.cache.domain.port.DumpPort;
import org.ocmcore.cache.domain.port.DumpPort.DumpReader;
import org.ocmcore.cache.domain.port.DumpPort.DumpWriter;

/** Writes and reads dumps, well-formed and other. */
final class DumpFiles {
  static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");
  static final String HEADER = "{\"format\":\"cache-app-dump\",\"version\":1,"
      + "\"created_at\":\"2026-01-02T12:00:00Z\",\"servers\":[\"127.0.0.1:11211\"]}";
  static final String ENTRY = "{\"key\":\"a\",\"value\":\"first\",\"flags\":0,\"expires_at\":null}";

  private DumpFiles() {}

  static CacheEntry entry(String key, String value) {
    return new CacheEntry(CacheKey.of(key), CacheValue.ofText(value), Expiry.NEVER);
  }

  static DumpInfo write(DumpPort dumps, Instant createdAt, List<CacheEntry> entries) {
    try (DumpWriter writer = dumps.create(createdAt, List.of("127.0.0.1:11211"))) {
      entries.forEach(writer::write);
      return writer.commit();
    }
  }

  static DumpInfo write(DumpPort dumps, Instant createdAt, String value) {
    return write(dumps, createdAt, List.of(entry("a", value)));
  }

  static List<CacheEntry> read(DumpPort dumps, String name) {
    List<CacheEntry> entries = new ArrayList<>();
    try (DumpReader reader = dumps.open(name)) {
      for (CacheEntry entry = reader.next(); entry != null; entry = reader.next()) {
        entries.add(entry);
      }
    }
    return entries;
  }

  /** The only value of a dump that {@link #write(DumpPort, Instant, String)} made. */
  static String value(DumpPort dumps, String name) {
    return new String(read(dumps, name).get(0).value().bytes(), StandardCharsets.UTF_8);
  }

  /** These lines, with the trailer that fits them. */
  static String closed(String... lines) {
    String before = String.join("\n", lines) + "\n";
    byte[] bytes = before.getBytes(StandardCharsets.UTF_8);
    String sha256 = HexFormat.of().formatHex(DumpFormat.sha256().digest(bytes));
    return before + trailer(lines.length - 1, bytes.length, sha256);
  }

  static String trailer(long entries, long bytes, String sha256) {
    return "{\"entries\":" + entries + ",\"bytes\":" + bytes + ",\"sha256\":\"" + sha256 + "\"}\n";
  }

  static TreeSet<String> filesIn(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .collect(TreeSet::new, TreeSet::add, TreeSet::addAll);
    }
  }
}
