package org.ocmcore.cache.adapter.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.ocmcore.cache.adapter.file.DumpFiles.ENTRY;
import static org.ocmcore.cache.adapter.file.DumpFiles.HEADER;
import static org.ocmcore.cache.adapter.file.DumpFiles.NOON;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ocmcore.cache.adapter.file.CheckCache.Trust;
import org.ocmcore.cache.domain.error.DumpFailed;
import org.ocmcore.cache.domain.port.DumpAccount;
import org.ocmcore.cache.domain.port.DumpDamage;
import org.ocmcore.cache.domain.port.DumpHeader;
import org.ocmcore.cache.domain.port.DumpInfo;
import org.ocmcore.cache.domain.port.DumpPort.DumpWriter;
import org.ocmcore.cache.domain.port.ServerAccount;

/** What is kept of a file has bounds, whatever the file says. */
final class BoundedMemoryTest extends DamageFixture {
  private static String header(int servers, String name) {
    return IntStream.range(0, servers)
        .mapToObj(server -> '"' + name + server + '"')
        .collect(Collectors.joining(
            ",",
            "{\"format\":\"cache-app-dump\",\"version\":3,"
                + "\"created_at\":\"2026-01-02T12:00:00Z\",\"servers\":[",
            "],\"product\":\"1\"}"));
  }

  private String firstDamage(String content) throws IOException {
    Files.writeString(file, content);
    return dumps.describe("dump.json").damages().stream()
        .map(DumpDamage::reason)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void tooManyServersAreNotRead() throws IOException {
    String many = DumpFiles.closed(header(10_001, "s"), ENTRY);
    assertTrue(firstDamage(many).contains("first line is missing"));
    DumpInfo info = dumps.describe("dump.json");
    assertEquals("line 1 names more than 10,000 servers", info.damages().get(1).reason());
    assertEquals(List.of(), info.header().servers());
    assertEquals(1, info.entries());
  }

  @Test
  void aTooLongHeaderIsNotRead() throws IOException {
    Files.writeString(file, DumpFiles.closed(header(5, "s".repeat(1_000_000)), ENTRY));
    DumpInfo info = dumps.describe("dump.json");
    assertEquals(
        "line 1 has 5,000,122 bytes, and may have 4,194,304",
        info.damages().get(1).reason());
    assertEquals(1, info.entries());
  }

  @ParameterizedTest
  @ValueSource(ints = {10_000, 10_001})
  void anAccountOfTooManyServersIsInvalid(int servers) throws IOException {
    String account = "{\"account\":["
        + IntStream.range(0, servers).mapToObj(i -> "{}").collect(Collectors.joining(","))
        + "],\"complete\":true}\n{\"entries\":0,\"bytes\":1,\"sha256\":\"\"}\n";
    Files.writeString(file, HEADER + "\n" + account);
    Optional<DumpAccount> read = dumps.describe("dump.json").account();
    assertEquals(servers == 10_000, read.isPresent());
  }

  @Test
  void manyMissingBlocksAreSummedUp() throws IOException {
    StringBuilder blocks = new StringBuilder(HEADER + "\n");
    for (int block = 1; block < 5_000; block += 2) {
      blocks.append(DumpFiles.block(block, ENTRY));
    }
    Files.writeString(file, blocks);
    List<DumpDamage> damages = dumps.describe("dump.json").damages();
    assertEquals(1_001, damages.size());
    assertEquals("more is damaged", damages.get(999).reason());
    assertEquals("it is cut off: its last lines are missing", damages.get(1_000).reason());
  }

  @Test
  void checkedFilesAreKeptUpToAWeight() throws IOException {
    long most = 500_000;
    CheckCache cache = new CheckCache(new LocalDisk(), most);
    for (int i = 0; i < 20; i++) {
      Path dump = folder.resolve("dump-" + i + ".json");
      Files.writeString(dump, DumpFiles.closed(header(1_000, "server"), ENTRY));
      Files.setLastModifiedTime(dump, LONG_AGO);
      cache.open(dump, Trust.CHECKED_HERE).close();
      assertTrue(cache.weight() <= most, "it keeps " + cache.weight());
    }
    assertTrue(cache.weight() > most / 2, "it keeps " + cache.weight());
  }

  @Test
  void aHeaderThatNobodyCouldReadIsNotWritten() {
    List<String> servers =
        IntStream.range(0, 10_001).mapToObj(i -> "server" + i).toList();
    DumpFailed failure = assertThrows(
        DumpFailed.class, () -> dumps.create(new DumpHeader(NOON, servers, "1")).close());
    assertTrue(failure.getMessage().contains("10,001 servers"), failure.getMessage());
    assertFalse(Files.exists(file));
  }

  @Test
  void theLongestListOfServersIsWritten() {
    List<String> servers = IntStream.range(0, 10_000)
        .mapToObj(i -> "%05d".formatted(i) + "x".repeat(260))
        .toList();
    try (DumpWriter writer = dumps.create(new DumpHeader(NOON, servers, "1"))) {
      List<ServerAccount> accounts = servers.stream()
          .map(server ->
              new ServerAccount(server, 0, 0, 0, 0, 0, 0, 0, 0, Optional.of("x".repeat(1_000))))
          .toList();
      writer.commit(new DumpAccount(accounts), () -> {});
    }
    String name = dumps.names().get(0);
    assertTrue(dumps.describe(name).valid());
    assertEquals(servers, dumps.describe(name).header().servers());
  }
}
