package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ocmcore.cache.adapter.file.FileDumps;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Expiry;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.port.DumpAccount;
import org.ocmcore.cache.domain.port.DumpEntry;
import org.ocmcore.cache.domain.port.DumpHeader;
import org.ocmcore.cache.domain.port.DumpPort.DumpWriter;
import org.ocmcore.cache.domain.port.DumpPort.PartWriter;
import org.ocmcore.cache.domain.port.ServerAccount;

/**
 * {@code verify} and {@code inspect} write no byte into any file and leave the file's folder and
 * the temporary folder untouched. Each runs in a process of its own, whose shell forbids to write
 * files; the modification times of the folders show also what would be created and removed again.
 */
final class DumpFileCommandsTest {
  private static final FileTime LONG_AGO = FileTime.from(Instant.parse("2026-01-02T12:00:00Z"));

  @TempDir
  private Path parent;

  private Path folder;
  private Path temporary;

  @BeforeEach
  void createFolders() throws IOException {
    folder = Files.createDirectory(parent.resolve("readonly"));
    temporary = Files.createDirectory(parent.resolve("temporary"));
  }

  @AfterEach
  void makeWritableAgain() throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
  }

  private byte[] dump(String name) throws IOException {
    Path written = parent.resolve(name);
    try (DumpWriter writer = new FileDumps(written)
        .create(new DumpHeader(LONG_AGO.toInstant(), List.of("127.0.0.1:11211"), "1.0"))) {
      PartWriter part = writer.part("127.0.0.1:11211");
      part.write(new DumpEntry(
          new CacheEntry(CacheKey.of("app:1"), CacheValue.ofText("first"), Expiry.NEVER),
          KeyInfo.UNKNOWN));
      part.end();
      ServerAccount account =
          new ServerAccount("127.0.0.1:11211", 1, 1, 0, 0, 0, 0, 0, 0, Optional.empty());
      writer.commit(new DumpAccount(List.of(account)), () -> {});
    }
    return Files.readAllBytes(written);
  }

  private Path writeReadOnly(byte[] content) throws IOException {
    Path file = Files.write(folder.resolve("any name"), content);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--------"));
    Files.setLastModifiedTime(folder, LONG_AGO);
    Files.setLastModifiedTime(temporary, LONG_AGO);
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("r-x------"));
    return file;
  }

  /** What the process prints, with its exit status in the last line. */
  private String run(Path file, String... command) throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(List.of(
        "sh",
        "-c",
        "ulimit -f 0 && exec \"$@\"",
        "sh",
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:TieredStopAtLevel=1",
        "-XX:-UsePerfData",
        "-Djava.io.tmpdir=" + temporary,
        "-cp",
        System.getProperty("java.class.path"),
        Main.class.getName()));
    all.addAll(List.of(command));
    all.add(file.toString());
    Process process = new ProcessBuilder(all)
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return output + "exit status " + process.waitFor() + "\n";
  }

  private void assertUntouched(Path file, byte[] content) throws IOException {
    assertEquals(LONG_AGO, Files.getLastModifiedTime(folder), "something was created or removed");
    assertEquals(LONG_AGO, Files.getLastModifiedTime(temporary), "a temporary file was created");
    assertArrayEquals(content, Files.readAllBytes(file));
  }

  @Test
  void verifyLeavesNoTrace() throws Exception {
    byte[] content = dump("dump.json.gz");
    Path file = writeReadOnly(content);
    assertEquals("""
        valid: 1 entries, %d bytes, made 2026-01-02T12:00:00Z by Cache App 1.0 from 127.0.0.1:11211, complete
        exit status 0
        """.formatted(content.length), run(file, "verify"));
    assertUntouched(file, content);
  }

  @Test
  void verifyOfADamagedFileLeavesNoTrace() throws Exception {
    byte[] content = dump("dump.json");
    content[content.length - 10] ^= 1;
    Path file = writeReadOnly(content);
    String output = run(file, "verify");
    assertTrue(output.startsWith("damaged: 1 entries"), output);
    assertTrue(output.endsWith("exit status 5\n"), output);
    assertUntouched(file, content);
  }

  @Test
  void inspectLeavesNoTrace() throws Exception {
    byte[] content = dump("dump.json");
    Path file = writeReadOnly(content);
    String output = run(file, "inspect", "--json", "--values");
    assertTrue(output.contains("\"key\":\"app:1\""), output);
    assertTrue(output.endsWith("\"matching\":1,\"shown\":1}\nexit status 0\n"), output);
    assertUntouched(file, content);
  }
}
