package org.ocmcore.cache.adapter.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What was changed in an audit log afterwards is found. */
class AuditChainTest extends AuditFixture {
  private static final int COUNT = 5;

  private List<String> written;

  @BeforeEach
  void fill() throws IOException {
    write(COUNT - 1);
    written = lines();
    assertEquals(COUNT, written.size());
  }

  private void expectDamage(List<String> lines) throws IOException {
    rewrite(lines);
    assertTrue(verify().damage().isPresent());
  }

  @Test
  void anUntouchedLogIsWhole() throws IOException {
    AuditVerifier.Result result = verify();
    assertEquals(Optional.empty(), result.damage());
    assertEquals(COUNT, result.lines());
    assertEquals(1, result.first());
    assertEquals(COUNT, result.last());
    assertEquals(CLOCK.instant(), result.to());
    assertTrue(written.get(COUNT - 1).contains(result.lastHash()));
  }

  @Test
  void everyChangedByteIsFound() throws IOException {
    byte[] bytes = Files.readAllBytes(file());
    for (int i = 0; i < bytes.length; i++) {
      for (int mask : new int[] {1, 0x20}) {
        byte[] changed = bytes.clone();
        changed[i] ^= (byte) mask;
        Files.write(file(), changed);
        assertTrue(verify().damage().isPresent(), "byte " + i + " with " + mask);
      }
    }
  }

  @Test
  void everyCutIsFoundUnlessALineEndsThere() throws IOException {
    byte[] bytes = Files.readAllBytes(file());
    for (int length = 0; length < bytes.length; length++) {
      Files.write(file(), Arrays.copyOf(bytes, length));
      boolean isAtEnd = length > 0 && bytes[length - 1] == '\n';
      assertEquals(!isAtEnd, verify().damage().isPresent(), "at " + length);
    }
  }

  @Test
  void removedSwappedAndRepeatedLinesAreFound() throws IOException {
    for (int i = 0; i < COUNT; i++) {
      for (int j = i + 1; j < COUNT; j++) {
        List<String> swapped = new ArrayList<>(written);
        Collections.swap(swapped, i, j);
        expectDamage(swapped);
      }
      List<String> repeated = new ArrayList<>(written);
      repeated.add(i, written.get(i));
      expectDamage(repeated);
      if (i > 0 && i < COUNT - 1) {
        List<String> removed = new ArrayList<>(written);
        removed.remove(i);
        rewrite(removed);
        assertEquals(
            "line %d of audit.log: it has the number %d instead of %d: a line was removed, repeated or moved"
                .formatted(i + 1, i + 2, i + 1),
            verify().damage().orElseThrow());
      }
    }
  }

  @Test
  void aRemovedBeginningShowsInTheFirstNumber() throws IOException {
    rewrite(written.subList(2, COUNT));
    assertEquals(3, verify().first());
  }

  /** Whoever remembers a hash elsewhere finds out. */
  @Test
  void aRemovedEndIsFoundByARememberedHash() throws IOException {
    String hash = verify().lastHash();
    assertEquals(Optional.empty(), verify(Optional.of(hash)).damage());
    rewrite(written.subList(0, COUNT - 1));
    assertEquals(Optional.empty(), verify().damage());
    assertTrue(verify(Optional.of(hash)).damage().orElseThrow().contains("no line has the hash"));
  }

  @Test
  void aLineWithANewHashIsFoundInTheNext() throws IOException {
    String changed = written.get(2).replace("anna", "otto");
    String content = changed.substring(0, changed.indexOf(",\"hash\""));
    List<String> forged = new ArrayList<>(written);
    forged.set(2, content + ",\"hash\":\"" + sha256(content) + "\"}");
    rewrite(forged);
    assertEquals(
        "line 4 of audit.log: it does not follow the line before, which was changed and has a new hash",
        verify().damage().orElseThrow());
  }

  /** The rule of docs/security.md, by other means. */
  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256")
              .digest(text.getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void otherFilesAreNoLogs() throws IOException {
    Files.writeString(file(), "x".repeat(AuditLine.MAX_BYTES + 2));
    assertTrue(verify().damage().orElseThrow().contains("too long"));
    Files.writeString(file(), "{}\n");
    assertTrue(verify().damage().orElseThrow().contains("line 1 of audit.log"));
    Files.writeString(file(), "");
    assertEquals("there is no line", verify().damage().orElseThrow());
  }

  @Test
  void hostileTextStaysInItsField() throws IOException {
    String hostile = "a\"}\n{\"n\":1,\"x\\\u0000\u001b[31m\u2028\ud800\u202e" + "é".repeat(5_000);
    try (AuditFile log = open()) {
      log.record(entry(hostile));
    }
    assertEquals(Optional.empty(), verify().damage());
    String line = lines().get(COUNT + 1);
    assertTrue(line.chars().allMatch(c -> c >= ' ' && c < 0x7f));
    assertTrue(line.contains("characters more"), line);
    assertTrue(line.contains("a\\\"}\\n{\\\"n\\\":1,"), line);
  }
}
