package org.ocmcore.cache.adapter.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Checks the lines of an audit log: each must be as it was written and follow the one before. */
public final class AuditVerifier {
  private final Optional<String> remembered;
  private boolean isRememberedFound;
  private long lines;
  private AuditLine first;
  private AuditLine last;

  private AuditVerifier(Optional<String> remembered) {
    this.remembered = remembered;
  }

  /**
   * What was found.
   *
   * @param lines the number of lines that are as they were written
   * @param first the number of the first of them; 0 if there is none
   * @param last the number of the last of them
   * @param from the time of the first
   * @param to the time of the last
   * @param lastHash the hash of the last; empty if there is none
   * @param damage the first that is wrong; empty if nothing is
   */
  public record Result(
      long lines,
      long first,
      long last,
      Instant from,
      Instant to,
      String lastHash,
      Optional<String> damage) {}

  /**
   * The files of a log, oldest first: this one, and those beside it that are full. If there are
   * none, this one.
   */
  public static List<Path> filesOf(Path file) throws IOException {
    AuditFolder folder = new AuditFolder(file);
    List<Path> all = Files.isDirectory(folder.path()) ? folder.all() : List.of();
    return all.isEmpty() ? List.of(file) : all;
  }

  /**
   * Checks files that follow one another.
   *
   * @param remembered the hash of a line that must be there; empty for none
   * @throws IOException if a file cannot be read; names it
   */
  public static Result verify(List<Path> files, Optional<String> remembered) throws IOException {
    AuditVerifier verifier = new AuditVerifier(remembered);
    for (Path file : files) {
      Optional<String> damage = verifier.check(file);
      if (damage.isPresent()) {
        return verifier.result(damage);
      }
    }
    return verifier.result(verifier.missing());
  }

  private Optional<String> missing() {
    if (last == null) {
      return Optional.of("there is no line");
    }
    return remembered.isEmpty() || isRememberedFound
        ? Optional.empty()
        : Optional.of(
            "no line has the hash %s: lines were removed at the end, or all were written anew"
                .formatted(remembered.get()));
  }

  private Result result(Optional<String> damage) {
    return last == null
        ? new Result(0, 0, 0, Instant.EPOCH, Instant.EPOCH, "", damage)
        : new Result(
            lines, first.number(), last.number(), first.at(), last.at(), last.hash(), damage);
  }

  /** Returns what is wrong first. */
  private Optional<String> check(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new IOException("'%s' is a folder, name the file".formatted(file));
    }
    long inFile = 0;
    try (AuditInput input = open(file)) {
      while (true) {
        inFile++;
        Optional<AuditInput.RawLine> line = input.next();
        if (line.isEmpty()) {
          requireLines(file, inFile - 1);
          return Optional.empty();
        }
        check(line.get());
        if (inFile == 1) {
          requireNamed(file, last.number());
        }
      }
    } catch (BrokenAudit e) {
      return Optional.of("line %d of %s: %s".formatted(inFile, file.getFileName(), e.getMessage()));
    }
  }

  private static AuditInput open(Path file) throws IOException {
    try {
      return AuditInput.open(file);
    } catch (IOException e) {
      throw new IOException("'%s' cannot be read: %s".formatted(file, IoMessages.of(e)), e);
    }
  }

  private static void requireLines(Path file, long count) throws BrokenAudit {
    if (count == 0 && AuditFolder.firstNumber(file).isPresent()) {
      throw new BrokenAudit("it is missing: a full file holds lines, and this one is empty");
    }
  }

  private static void requireNamed(Path file, long first) throws BrokenAudit {
    OptionalLong named = AuditFolder.firstNumber(file);
    if (named.isPresent() && named.getAsLong() != first) {
      throw new BrokenAudit(
          "it has the number %d, but the name of the file says %d: lines were removed before it, or the file was renamed"
              .formatted(first, named.getAsLong()));
    }
  }

  private void check(AuditInput.RawLine raw) throws BrokenAudit {
    if (!raw.isWhole()) {
      throw new BrokenAudit("it is cut");
    }
    AuditLine line = AuditLine.parse(raw.bytes());
    if (last == null) {
      if (line.number() == 1 && !line.previous().equals(AuditLine.NO_HASH)) {
        throw new BrokenAudit("it has the number 1, but is not the first");
      }
      first = line;
    } else if (line.number() != last.number() + 1) {
      throw new BrokenAudit(
          "it has the number %d instead of %d: a line was removed, repeated or moved"
              .formatted(line.number(), last.number() + 1));
    } else if (!line.previous().equals(last.hash())) {
      throw new BrokenAudit(
          "it does not follow the line before, which was changed and has a new hash");
    }
    last = line;
    lines++;
    isRememberedFound |= remembered.filter(line.hash()::equals).isPresent();
  }
}
