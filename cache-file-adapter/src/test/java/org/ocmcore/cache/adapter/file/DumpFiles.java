package org.ocmcore.cache.adapter.file;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Expiry;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.port.DumpAccount;
import org.ocmcore.cache.domain.port.DumpEntry;
import org.ocmcore.cache.domain.port.DumpHeader;
import org.ocmcore.cache.domain.port.DumpInfo;
import org.ocmcore.cache.domain.port.DumpPort;
import org.ocmcore.cache.domain.port.DumpPort.DumpReader;
import org.ocmcore.cache.domain.port.DumpPort.DumpWriter;
import org.ocmcore.cache.domain.port.DumpPort.PartWriter;
import org.ocmcore.cache.domain.port.ServerAccount;

/** Writes and reads valid and invalid dumps. */
final class DumpFiles {
  static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");
  static final String HEADER = "{\"format\":\"cache-app-dump\",\"version\":3,"
      + "\"created_at\":\"2026-01-02T12:00:00Z\",\"servers\":[\"127.0.0.1:11211\"],"
      + "\"product\":\"1.0\"}";
  static final String ENTRY = "{\"key\":\"a\",\"value\":\"first\",\"flags\":0,\"expires_at\":null,"
      + "\"size\":65,\"last_access\":null}";

  private DumpFiles() {}

  static CacheEntry entry(String key, String value) {
    return new CacheEntry(CacheKey.of(key), CacheValue.ofText(value), Expiry.NEVER);
  }

  static DumpEntry dumped(CacheEntry entry) {
    return new DumpEntry(entry, KeyInfo.UNKNOWN);
  }

  static DumpHeader header(Instant createdAt) {
    return new DumpHeader(createdAt, List.of("127.0.0.1:11211"), "1.0");
  }

  /** The account of a server with so many keys, all of them written. */
  static DumpAccount account(long keys) {
    return new DumpAccount(List.of(
        new ServerAccount("127.0.0.1:11211", keys, keys, 0, 0, 0, 0, 0, 0, Optional.empty())));
  }

  /** The account of a server with so many keys, and of one that did not answer. */
  static DumpAccount partialAccount(long keys) {
    List<ServerAccount> servers = new ArrayList<>(account(keys).servers());
    servers.add(new ServerAccount(
        "127.0.0.1:11212", 0, 0, 0, 0, 0, 0, 0, 0, Optional.of("connection refused")));
    return new DumpAccount(servers);
  }

  static DumpInfo write(DumpPort dumps, Instant createdAt, List<CacheEntry> entries) {
    return write(dumps, createdAt, entries, account(entries.size()));
  }

  static DumpInfo write(
      DumpPort dumps, Instant createdAt, List<CacheEntry> entries, DumpAccount account) {
    try (DumpWriter writer = dumps.create(header(createdAt))) {
      writePart(writer, entries);
      return writer.commit(account, () -> {});
    }
  }

  static void writePart(DumpWriter writer, List<CacheEntry> entries) {
    PartWriter part = writer.part("127.0.0.1:11211");
    entries.forEach(entry -> part.write(dumped(entry)));
    part.end();
  }

  static DumpInfo write(DumpPort dumps, Instant createdAt, String value) {
    return write(dumps, createdAt, List.of(entry("a", value)));
  }

  static List<CacheEntry> read(DumpPort dumps, String name) {
    try (DumpReader reader = dumps.open(name)) {
      return rest(reader);
    }
  }

  static List<CacheEntry> salvage(DumpPort dumps, String name) {
    try (DumpReader reader = dumps.salvage(name)) {
      return rest(reader);
    }
  }

  static List<CacheEntry> rest(DumpReader reader) {
    List<CacheEntry> entries = new ArrayList<>();
    for (DumpEntry next = reader.next(); next != null; next = reader.next()) {
      entries.add(next.entry());
    }
    return entries;
  }

  /** The only value of a dump that {@link #write(DumpPort, Instant, String)} made. */
  static String value(DumpPort dumps, String name) {
    return new String(read(dumps, name).get(0).value().bytes(), StandardCharsets.UTF_8);
  }

  /** A whole dump of a header and at most one block with these lines. */
  static String closed(String header, String... lines) {
    return lines.length == 0
        ? ended(header + "\n", 0)
        : ended(header + "\n" + block(1, lines), lines.length);
  }

  /** A block with these lines. */
  static String block(long number, String... lines) {
    String text = String.join("\n", lines) + "\n";
    int bytes = text.getBytes(StandardCharsets.UTF_8).length;
    String covered = text
        + "{\"block\":%d,\"server\":0,\"entries\":%d,\"bytes\":%d"
            .formatted(number, lines.length, bytes);
    CRC32C crc = new CRC32C();
    crc.update(covered.getBytes(StandardCharsets.UTF_8));
    return covered + ",\"crc32c\":\"%08x\"}\n".formatted(crc.getValue());
  }

  /** A whole dump that begins with this text. */
  static String ended(String begun, long entries) {
    String before = begun + accountLine(entries);
    byte[] bytes = before.getBytes(StandardCharsets.UTF_8);
    String sha256 = HexFormat.of().formatHex(DumpFormat.sha256().digest(bytes));
    return before + trailer(entries, bytes.length, sha256);
  }

  /** The line of {@link #account}. */
  static String accountLine(long keys) {
    return ("{\"account\":[{\"server\":\"127.0.0.1:11211\",\"seen\":%d,\"written\":%d,\"gone\":0,"
            + "\"expired\":0,\"elsewhere\":0,\"stale\":0,\"too_large\":0,\"failed\":0,\"failure\":null}],"
            + "\"complete\":true}\n")
        .formatted(keys, keys);
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
