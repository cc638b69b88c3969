package org.ocmcore.cache.adapter.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import org.ocmcore.cache.domain.error.AuditUnavailable;
import org.ocmcore.cache.domain.port.AuditEntry;
import org.ocmcore.cache.domain.port.AuditPort;

/**
 * An audit log in a file, a JSON object a line. Each line has the hash of the one before, so that
 * {@link AuditVerifier} finds what was changed afterwards. A line has reached the operating system
 * when {@link #record} returns: it survives the end of this process, but perhaps not a loss of
 * power. For any number of threads, and one process at a time.
 */
public final class AuditFile implements AuditPort {
  /** The most entries that are held while the file cannot be written. */
  static final int MAX_HELD = 1_000;

  /** The space that changes under way may need for their entries. */
  static final long RESERVE = 1024 * 1024;

  /** Receives what operators should know. */
  public interface Events {
    /** The file cannot be written, and changes are refused. Called for each attempt. */
    void failed(Path file, String reason);

    /** An entry is not in the file and never will be, since too many are held. */
    void lost(Path file, AuditEntry entry);

    /** The file is written again. */
    void recovered(Path file);

    /** Something is not as it was left, or a full file could not be put aside. */
    void warned(Path file, String message);
  }

  private final AuditFolder folder;
  private final AuditChain chain;
  private final FileChannel lock;
  private final AuditDisk disk;
  private final Clock clock;
  private final Events events;

  private final Deque<AuditEntry> held = new ArrayDeque<>();
  private long lost;
  private boolean hasFailed;
  private boolean isClosed;

  /**
   * Opens the log, and continues it if there is one. Creates the folder.
   *
   * @param maxBytes a file that would be larger is put aside, and a new one begins
   * @param keep how many of those stay; 0 for all
   * @throws AuditUnavailable if it cannot be written, is in use, or does not end as an audit log;
   *     says what to do
   */
  public static AuditFile open(Path file, long maxBytes, int keep, Clock clock, Events events) {
    return new AuditFile(file, maxBytes, keep, clock, events, AuditDisk.LOCAL);
  }

  AuditFile(Path file, long maxBytes, int keep, Clock clock, Events events, AuditDisk disk) {
    this.folder = new AuditFolder(file);
    this.disk = disk;
    this.clock = clock;
    this.events = events;
    this.lock = lock(file);
    this.chain = new AuditChain(folder, maxBytes, keep, clock, events, disk);
    try {
      requireSpace();
      chain.open();
    } catch (IOException e) {
      close();
      throw new AuditUnavailable(
          "'%s': %s; make it writable, or set CACHE_AUDIT_FILE to another file"
              .formatted(file, IoMessages.of(e)),
          e);
    }
  }

  private FileChannel lock(Path file) {
    try {
      LocalDisk.createFolders(folder.path());
      FileChannel channel = LocalDisk.openLock(folder.lockFile());
      if (isLocked(channel)) {
        return channel;
      }
      channel.close();
    } catch (IOException e) {
      throw new AuditUnavailable(
          "'%s' or its folder cannot be made or locked: %s; set CACHE_AUDIT_FILE to another file"
              .formatted(file, IoMessages.of(e)),
          e);
    }
    throw new AuditUnavailable(
        "'%s' is in use by another service: set CACHE_AUDIT_FILE to another file, or stop that one"
            .formatted(file));
  }

  private static boolean isLocked(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  @Override
  public synchronized void record(AuditEntry entry) {
    if (held.size() == MAX_HELD) {
      tryToWriteHeld();
    }
    if (isClosed || held.size() == MAX_HELD) {
      lost++;
      events.lost(folder.current(), entry);
      return;
    }
    held.add(entry);
    tryToWriteHeld();
  }

  @Override
  public synchronized void requireWritable() {
    try {
      requireSpace();
      chain.requireOpen();
      writeHeld();
    } catch (IOException e) {
      fail(e);
      throw new AuditUnavailable(IoMessages.of(e), e);
    }
  }

  private void requireSpace() throws IOException {
    if (disk.usableBytes(folder.path()) < RESERVE) {
      throw new IOException("the disk has less than %d bytes left".formatted(RESERVE));
    }
  }

  private void writeHeld() throws IOException {
    while (!held.isEmpty()) {
      chain.append(held.peek());
      held.remove();
    }
    if (lost > 0) {
      chain.append(AuditEntry.ofLog(
          clock.instant(), "log-lost", lost + " entries are lost: the log could not be written"));
      lost = 0;
    }
    if (hasFailed) {
      hasFailed = false;
      events.recovered(folder.current());
    }
  }

  private void tryToWriteHeld() {
    try {
      writeHeld();
    } catch (IOException e) {
      fail(e);
    }
  }

  private void fail(IOException cause) {
    hasFailed = true;
    events.failed(folder.current(), IoMessages.of(cause));
  }

  @Override
  public synchronized void close() {
    if (isClosed) {
      return;
    }
    tryToWriteHeld();
    isClosed = true;
    held.forEach(entry -> events.lost(folder.current(), entry));
    try {
      chain.close();
      lock.close();
    } catch (IOException e) {
      fail(e);
    }
  }
}
