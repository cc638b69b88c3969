package org.ocmcore.cache.adapter.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Gives finished dumps their names. For any number of threads. */
final class DumpPublisher {
  private final DumpFolder folder;
  private final Disk disk;

  DumpPublisher(DumpFolder folder, Disk disk) {
    this.folder = folder;
    this.disk = disk;
  }

  /**
   * Gives a finished file a dated name, and the current name as well if the dump is complete. The
   * dated name has the time of the dump or, if the clock was set back, that of the newest dump. A
   * file that had only the current name keeps its content under a dated name if it begins like a
   * dump, else under a foreign one. If this fails, all names are as before.
   *
   * @param checkpoint runs once no other thread can delay this any more; its exceptions end this
   * @return the path with the dated name
   */
  Path publish(Path file, Instant createdAt, boolean complete, Runnable checkpoint)
      throws IOException {
    synchronized (folder) {
      checkpoint.run();
      return complete ? publishAsCurrent(file, createdAt) : publishDated(file, createdAt);
    }
  }

  private Path publishDated(Path file, Instant createdAt) throws IOException {
    List<Path> added = new ArrayList<>();
    try {
      Path dated = folder.nextDatedPath(createdAt);
      disk.replace(file, dated);
      added.add(dated);
      disk.sync(folder.path());
      return dated;
    } catch (IOException e) {
      undo(added, Optional.empty(), false, e);
      throw e;
    }
  }

  private Path publishAsCurrent(Path file, Instant createdAt) throws IOException {
    List<Path> added = new ArrayList<>();
    Optional<Path> kept = Optional.empty();
    boolean replaced = false;
    try {
      if (Files.exists(folder.current(), LinkOption.NOFOLLOW_LINKS)) {
        kept = Optional.of(ensureOtherName(added));
      }
      Path dated = folder.nextDatedPath(createdAt);
      linkOrCopy(file, dated);
      added.add(dated);
      disk.sync(folder.path());
      disk.replace(file, folder.current());
      replaced = true;
      disk.sync(folder.path());
      return dated;
    } catch (IOException e) {
      undo(added, kept, replaced, e);
      throw e;
    }
  }

  /** Gives the current name back to the file that had it, then removes the added names. */
  private void undo(List<Path> added, Optional<Path> kept, boolean replaced, IOException cause) {
    try {
      if (replaced && kept.isPresent()) {
        replaceCurrent(kept.get());
      } else if (replaced) {
        Files.delete(folder.current());
      }
      for (Path name : added) {
        Files.deleteIfExists(name);
      }
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }

  /** Gives a dump the current name, in addition to its own. */
  void makeCurrent(String name) throws IOException {
    replaceCurrent(folder.path().resolve(name));
    disk.sync(folder.path());
  }

  private void replaceCurrent(Path dump) throws IOException {
    Path second = folder.newTemporary();
    linkOrCopy(dump, second);
    disk.replace(second, folder.current());
  }

  /** Returns a second name of the current file; if it has none, creates and adds one. */
  private Path ensureOtherName(List<Path> added) throws IOException {
    List<Path> dated = folder.datedPathsOfCurrent();
    if (!dated.isEmpty()) {
      return dated.get(0);
    }
    Path kept = unusedPathForCurrent();
    linkOrCopy(folder.current(), kept);
    added.add(kept);
    return kept;
  }

  private Path unusedPathForCurrent() throws IOException {
    try (FileChannel channel = disk.open(folder.current())) {
      Instant time = Files.getLastModifiedTime(folder.current()).toInstant();
      if (!DumpDetector.isDump(channel)) {
        return folder.unusedForeignPath(time);
      }
      CheckResult result = DumpScan.check(channel, false, time, () -> {});
      return folder.unusedDatedPath(result.header().createdAt());
    }
  }

  private void linkOrCopy(Path file, Path second) throws IOException {
    try {
      disk.link(second, file);
    } catch (FileAlreadyExistsException e) {
      throw e;
    } catch (FileSystemException | UnsupportedOperationException noLinks) {
      try {
        copy(file, second);
      } catch (IOException e) {
        e.addSuppressed(noLinks);
        throw e;
      }
    }
  }

  private void copy(Path file, Path second) throws IOException {
    Path copy = folder.newTemporary();
    try (FileChannel from = disk.open(file);
        FileChannel to = disk.create(copy)) {
      long size = from.size();
      for (long done = 0; done < size; ) {
        long step = from.transferTo(done, size - done, to);
        if (step == 0) {
          throw new IOException("a dump became shorter while it was copied");
        }
        done += step;
      }
      disk.sync(to);
      Files.move(copy, second);
    } finally {
      Files.deleteIfExists(copy);
    }
  }
}
