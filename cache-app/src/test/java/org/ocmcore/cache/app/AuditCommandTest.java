package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.adapter.file.AuditFile;
import org.ocmcore.cache.adapter.file.AuditVerifier;
import org.ocmcore.cache.domain.port.AuditEntry;

class AuditCommandTest extends CommandLineFixture {
  private Path log;

  @BeforeEach
  void write() {
    log = folder.resolve("audit.log");
    Clock clock = Clock.systemUTC();
    try (AuditFile file = AuditFile.open(log, 2_000, 0, clock, new AuditLog())) {
      for (int i = 0; i < 30; i++) {
        file.record(AuditEntry.ofLog(clock.instant(), "test", "entry " + i));
      }
    }
  }

  private int verify(String... more) {
    String[] arguments = new String[more.length + 2];
    arguments[0] = "audit";
    arguments[1] = "verify";
    System.arraycopy(more, 0, arguments, 2, more.length);
    return run(Map.of(), arguments);
  }

  private List<Path> files() throws IOException {
    return AuditVerifier.filesOf(log);
  }

  @Test
  void aWholeLogIsOkWithAllItsFiles() throws IOException {
    assertEquals(0, verify(log.toString()), out() + err());
    expectLine("OK: lines 1 to \\d+ in %d files, from \\S+ to \\S+, last hash [0-9a-f]{64}"
        .formatted(files().size()));
    String[] given = files().stream().map(Path::toString).toArray(String[]::new);
    String all = out();
    assertEquals(0, verify(given));
    assertEquals(all, out());
    assertEquals(0, verify(given[1], given[2]));
  }

  @Test
  void aBrokenLogNamesTheLine() throws IOException {
    Path first = files().get(0);
    Files.writeString(first, Files.readString(first).replace("entry 2", "entry 3"));
    assertEquals(5, verify(log.toString()));
    expectLine("broken: line 4 of audit.log.000000000001: it is changed: .*");
    expectLine("before it: lines 1 to 3 in .*");
  }

  @Test
  void aMissingFileShowsAsMissingLines() throws IOException {
    Files.delete(files().get(1));
    assertEquals(5, verify(log.toString()));
    expectLine("broken: line 1 of audit.log\\.\\d+: it has the number .*");
  }

  @Test
  void aRememberedHashMustBeThere() throws IOException {
    String hash = AuditVerifier.verify(files(), Optional.empty()).lastHash();
    assertEquals(0, verify("--hash", hash, log.toString()));
    assertEquals(5, verify("--hash", "0".repeat(64), log.toString()));
    expectLine("broken: no line has the hash 0{64}: .*");
    assertEquals(2, verify("--hash", "x", log.toString()));
  }

  @Test
  void whatCannotBeReadIsAFailure() {
    assertEquals(1, verify(folder.resolve("nothing").toString()));
    assertTrue(err().contains("nothing' cannot be read: the file or its folder is gone"), err());
    assertEquals(1, verify(folder.toString()));
    assertTrue(err().contains("is a folder"), err());
  }

  @Test
  void wrongUsageIsExplained() {
    assertEquals(2, run(Map.of(), "audit"));
    assertTrue(err().contains("audit needs a verb: verify"), err());
    assertEquals(2, run(Map.of(), "audit", "verfy", log.toString()));
    assertTrue(err().contains("audit has no verb \"verfy\"; it must be verify"), err());
  }

  /** An entry can be checked without this program, as docs/security.md says. */
  @Test
  void aShellFindsTheSameHash() throws IOException, InterruptedException {
    String hash = AuditVerifier.verify(files(), Optional.empty()).lastHash();
    Process shell = new ProcessBuilder(
            "sh",
            "-c",
            "tail -n 1 \"$1\" | sed 's/,\"hash\":.*//' | tr -d '\\n' | sha256sum",
            "sh",
            log.toString())
        .start();
    assertEquals(hash, new String(shell.getInputStream().readAllBytes()).split(" ")[0]);
    assertEquals(0, shell.waitFor());
  }
}
