package org.ocmcore.cache.adapter.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.ocmcore.cache.adapter.file.DatedNames.Dated;

/**
 * The folder of the dumps: which file has which name, and how a new dump takes the name of the
 * current one.
 */
final class DumpFolder {
  private final Disk disk;
  private final Path folder;
  private final Path current;
  private final DatedNames older;
  private final DatedNames foreign;
  private final Pattern temporary;

  /** @param current the path of the current dump */
  DumpFolder(Path current, Disk disk) {
    this.disk = disk;
    this.current = current.toAbsolutePath();
    folder = this.current.getParent();
    String name = currentName();
    int dot = name.lastIndexOf('.');
    String stem = dot > 0 ? name.substring(0, dot) : name;
    String extension = name.substring(stem.length());
    older = new DatedNames(stem + "-", extension);
    foreign = new DatedNames(stem + "-foreign-", extension);
    temporary = Pattern.compile(Pattern.quote(temporaryStart()) + "\\d+-[0-9a-f]{16}\\.tmp");
  }

  private String temporaryStart() {
    return "." + currentName() + ".";
  }

  String currentName() {
    return current.getFileName().toString();
  }

  /** Makes the folder, unless it is there. */
  void make() throws IOException {
    Files.createDirectories(folder);
  }

  /** Removes what killed processes, or earlier ones with our number, have left half written. */
  void removeStrays() throws IOException {
    for (String name : list()) {
      if (temporary.matcher(name).matches() && !isOfAnotherLivingProcess(name)) {
        Files.deleteIfExists(folder.resolve(name));
      }
    }
  }

  private boolean isOfAnotherLivingProcess(String name) {
    int start = temporaryStart().length();
    String number = name.substring(start, name.indexOf('-', start));
    // A number that is too long for a process was not written by one.
    return number.length() < 19
        && Long.parseLong(number) != ProcessHandle.current().pid()
        && ProcessHandle.of(Long.parseLong(number)).isPresent();
  }

  /** A name for a file that is being written. */
  Path newTemporary() {
    return folder.resolve("%s%d-%016x.tmp"
        .formatted(
            temporaryStart(),
            ProcessHandle.current().pid(),
            ThreadLocalRandom.current().nextLong()));
  }

  /** Where a dump of this name is; empty if none can have such a name, or none has. */
  Optional<Path> find(String name) {
    if (name.equals(currentName())) {
      return Optional.of(current).filter(Files::isRegularFile);
    }
    return older.parse(name).map(dump -> folder.resolve(name)).filter(DumpFolder::isOwnFile);
  }

  /** Whether it is a file and no link, which we never made. */
  private static boolean isOwnFile(Path path) {
    return Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS);
  }

  /** The names of all dumps, newest first. */
  List<String> names() throws IOException {
    List<Dated> dated = new ArrayList<>();
    for (String name : list()) {
      older.parse(name).filter(dump -> isOwnFile(folder.resolve(name))).ifPresent(dated::add);
    }
    dated.sort(Dated.NEWEST_FIRST);
    List<String> names = new ArrayList<>();
    find(currentName()).ifPresent(file -> names.add(currentName()));
    for (Dated dump : dated) {
      if (!isAlsoCurrent(dump)) {
        names.add(dump.name());
      }
    }
    return names;
  }

  /**
   * Whether this is a second name of the current dump, which a crash in {@link #publish} leaves.
   */
  private boolean isAlsoCurrent(Dated dump) throws IOException {
    try {
      return Files.isSameFile(folder.resolve(dump.name()), current);
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  private List<String> list() throws IOException {
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      files.forEach(file -> names.add(file.getFileName().toString()));
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return names;
  }

  /**
   * Makes this file the current dump. What had the name keeps its content under an older name, or,
   * if it does not begin as a dump of ours does, under a foreign one, which is never listed. If
   * this fails, all is as before.
   */
  void publish(Path file) throws IOException {
    Optional<Path> kept = Files.exists(current, LinkOption.NOFOLLOW_LINKS)
        ? Optional.of(keepCurrent())
        : Optional.empty();
    boolean replaced = false;
    try {
      disk.sync(folder);
      disk.replace(file, current);
      replaced = true;
      disk.sync(folder);
    } catch (IOException e) {
      undo(kept, replaced, e);
      throw e;
    }
  }

  private void undo(Optional<Path> kept, boolean replaced, IOException cause) {
    try {
      if (kept.isEmpty()) {
        if (replaced) {
          Files.delete(current);
        }
      } else if (replaced) {
        disk.replace(kept.get(), current);
      } else {
        Files.delete(kept.get());
      }
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }

  private Path keepCurrent() throws IOException {
    DatedNames names;
    Instant time;
    try (FileChannel channel = disk.open(current)) {
      names = DumpHeader.isOn(channel) ? older : foreign;
      Optional<Instant> createdAt = DumpHeader.createdAt(channel);
      time = createdAt.isPresent() ? createdAt.get() : modified();
    }
    Dated free = names.of(time, 0);
    for (String name : list()) {
      Optional<Dated> taken = names.parse(name);
      if (taken.isPresent() && taken.get().time().equals(free.time())) {
        if (isAlsoCurrent(taken.get())) {
          return folder.resolve(name);
        }
        if (taken.get().repeat() >= free.repeat()) {
          free = names.of(time, taken.get().repeat() + 1);
        }
      }
    }
    Path kept = folder.resolve(free.name());
    giveSecondName(kept);
    return kept;
  }

  private Instant modified() throws IOException {
    return Files.getLastModifiedTime(current).toInstant();
  }

  private void giveSecondName(Path second) throws IOException {
    try {
      disk.link(second, current);
    } catch (FileAlreadyExistsException e) {
      throw e;
    } catch (FileSystemException | UnsupportedOperationException noLinks) {
      try {
        copy(second);
      } catch (IOException e) {
        e.addSuppressed(noLinks);
        throw e;
      }
    }
  }

  private void copy(Path second) throws IOException {
    Path copy = newTemporary();
    try (FileChannel from = disk.open(current);
        FileChannel to = disk.create(copy)) {
      long size = from.size();
      for (long done = 0; done < size; ) {
        long step = from.transferTo(done, size - done, to);
        if (step == 0) {
          throw new IOException("the current dump became shorter while it was copied");
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
