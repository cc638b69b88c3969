package org.ocmcore.cache.adapter.file;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import org.ocmcore.cache.adapter.file.AuditFile.Events;
import org.ocmcore.cache.domain.port.AuditEntry;

/** The lines of an audit log, each with the hash of the one before. For one thread at a time. */
final class AuditChain {
  private final AuditFolder folder;
  private final long maxBytes;
  private final int keep;
  private final Clock clock;
  private final Events events;
  private final AuditDisk disk;

  /** Not a channel, which an interrupted thread would close. Null while there is none. */
  private RandomAccessFile file;

  private Object fileKey;

  /** The bytes of the file up to the end of its last line. */
  private long size;

  /** Whether bytes of a line that failed may follow. */
  private boolean hasPart;

  private long firstNumber;
  private long number;
  private String hash = AuditLine.NO_HASH;

  AuditChain(
      AuditFolder folder, long maxBytes, int keep, Clock clock, Events events, AuditDisk disk) {
    this.folder = folder;
    this.maxBytes = maxBytes;
    this.keep = keep;
    this.clock = clock;
    this.events = events;
    this.disk = disk;
  }

  /** Continues what is there, or begins. */
  void open() throws IOException {
    AuditInput.Tail tail = tail(folder.current());
    List<Path> rotated = folder.rotated();
    if (tail.last().isEmpty() && !rotated.isEmpty()) {
      tail(rotated.get(rotated.size() - 1)).last().ifPresent(this::continueAfter);
    }
    tail.last().ifPresent(this::continueAfter);
    firstNumber = tail.firstNumber();
    openFile();
    size = tail.wholeBytes();
    if (tail.cut().length == 0) {
      note("log-opened", "");
    } else {
      // The line cannot be completed, so its text moves into a whole one.
      file.setLength(size);
      warn(
          "log-repaired",
          "a line was cut when the process or machine ended: "
              + new String(tail.cut(), StandardCharsets.ISO_8859_1));
    }
  }

  private static AuditInput.Tail tail(Path file) throws IOException {
    try {
      return AuditInput.tail(file);
    } catch (BrokenAudit e) {
      throw new IOException(
          "its first or last line is damaged (%s); check it with cache audit verify and move it away"
              .formatted(e.getMessage()),
          e);
    }
  }

  private void continueAfter(AuditLine line) {
    number = line.number();
    hash = line.hash();
  }

  private void openFile() throws IOException {
    Path path = folder.current();
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      new LocalDisk().create(path).close();
      firstNumber = 0;
      size = 0;
    }
    if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException("it is there and is not a file");
    }
    try {
      file = new RandomAccessFile(path.toFile(), "rw");
    } catch (FileNotFoundException e) {
      // Its message has the path, which callers must not see.
      AccessDeniedException denied = new AccessDeniedException(path.toString());
      denied.initCause(e);
      throw denied;
    }
    fileKey = key();
  }

  private Object key() throws IOException {
    return Files.readAttributes(
            folder.current(), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
        .fileKey();
  }

  /** Begins a new file if this one is gone; its folder must be there. */
  void requireOpen() throws IOException {
    boolean isThere = Files.exists(folder.current(), LinkOption.NOFOLLOW_LINKS);
    if (isThere && file != null && Objects.equals(fileKey, key())) {
      return;
    }
    if (isThere && Files.size(folder.current()) > 0) {
      throw new IOException("another file has taken its place; move that away");
    }
    RandomAccessFile gone = file;
    openFile();
    if (gone != null) {
      gone.close();
    }
    size = 0;
    firstNumber = 0;
    hasPart = false;
    warn("log-gone", "the file that ended with line %d is gone".formatted(number));
  }

  /** Appends an entry. If this fails, the file is as before, or will be before the next line. */
  void append(AuditEntry entry) throws IOException {
    requireOpen();
    requireUnchanged();
    AuditLine.Encoded line = AuditLine.encode(entry, number + 1, hash);
    if (size > 0 && size + line.bytes().length > maxBytes && rotate()) {
      line = AuditLine.encode(entry, number + 1, hash);
    }
    write(line);
  }

  private void write(AuditLine.Encoded line) throws IOException {
    file.seek(size);
    try {
      disk.write(file, line.bytes());
    } catch (IOException e) {
      removePart(e);
      throw e;
    }
    size += line.bytes().length;
    number++;
    hash = line.hash();
    if (firstNumber == 0) {
      firstNumber = number;
    }
  }

  private void removePart(IOException cause) {
    hasPart = true;
    try {
      file.setLength(size);
      hasPart = false;
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }

  /** Another process may have cut the file, or appended to it. */
  private void requireUnchanged() throws IOException {
    if (hasPart) {
      file.setLength(size);
      hasPart = false;
    }
    long actual = file.length();
    if (actual == size) {
      return;
    }
    long expected = size;
    size = actual;
    if (actual > 0) {
      file.seek(actual - 1);
      if (file.read() != '\n') {
        file.write('\n');
        size++;
      }
    }
    warn(
        "log-disturbed",
        "another process has changed the file: it has %d bytes instead of %d"
            .formatted(actual, expected));
  }

  /** Puts the full file aside, and begins a new one. Returns false if that is not possible. */
  private boolean rotate() throws IOException {
    Path full = folder.rotated(firstNumber);
    try {
      file.getFD().sync();
      if (Files.exists(full, LinkOption.NOFOLLOW_LINKS)) {
        throw new IOException("'%s' is in the way".formatted(full.getFileName()));
      }
      Files.move(folder.current(), full, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      events.warned(folder.current(), "it is full and stays: " + IoMessages.of(e));
      return false;
    }
    closeFile();
    openFile();
    note("log-rotated", "continues %s".formatted(full.getFileName()));
    try {
      folder.prune(keep);
    } catch (IOException e) {
      events.warned(folder.current(), "an older file stays: " + IoMessages.of(e));
    }
    return true;
  }

  private void note(String operation, String message) throws IOException {
    write(
        AuditLine.encode(AuditEntry.ofLog(clock.instant(), operation, message), number + 1, hash));
  }

  private void warn(String operation, String message) throws IOException {
    events.warned(folder.current(), message);
    note(operation, message);
  }

  private void closeFile() throws IOException {
    if (file != null) {
      file.close();
      file = null;
    }
  }

  /** Returns when all lines would survive a loss of power. */
  void close() throws IOException {
    if (file != null) {
      file.getFD().sync();
    }
    closeFile();
  }
}
