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
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.ocmcore.cache.adapter.file.DatedNames.Dated;

/**
 * The folder of the dumps: which file has which name, and how a new dump takes the name of the
 * current one. Who decides by several of its answers what has which name holds its monitor.
 */
final class DumpFolder {
  private final Disk disk;
  private final Path folder;
  private final Path current;
  private final Compression compression;
  private final DatedNames dated;
  private final DatedNames foreign;
  private final Pattern temporary;

  /** @param current the path of the current dump */
  DumpFolder(Path current, Disk disk) {
    this.disk = disk;
    this.current = current.toAbsolutePath();
    folder = this.current.getParent();
    String name = currentName();
    compression = Compression.named(name);
    int dot = name.lastIndexOf('.', name.length() - 1 - compression.ending().length());
    String stem = dot > 0
        ? name.substring(0, dot)
        : name.substring(0, name.length() - compression.ending().length());
    String extension = name.substring(stem.length());
    dated = new DatedNames(stem + "-", extension);
    foreign = new DatedNames(stem + "-foreign-", extension);
    temporary = Pattern.compile(Pattern.quote(temporaryStart()) + "\\d+-[0-9a-f]{16}\\.tmp");
  }

  private String temporaryStart() {
    return "." + currentName() + ".";
  }

  String currentName() {
    return current.getFileName().toString();
  }

  /** How the text of new dumps is compressed. */
  Compression compression() {
    return compression;
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
    return folder.resolve(String.format(
        Locale.ROOT,
        "%s%d-%016x.tmp",
        temporaryStart(),
        ProcessHandle.current().pid(),
        ThreadLocalRandom.current().nextLong()));
  }

  /** Where a dump of this name is; empty if none can have such a name, or none has. */
  Optional<Path> find(String name) {
    if (name.equals(currentName())) {
      return Optional.of(current).filter(DumpFolder::isOwnFile);
    }
    return dated.parse(name).map(dump -> folder.resolve(name)).filter(DumpFolder::isOwnFile);
  }

  /** Whether it is a file and no link, which we never made. */
  private static boolean isOwnFile(Path path) {
    return Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS);
  }

  /** The names of all dumps, newest first. */
  List<String> names() throws IOException {
    List<Dated> found = new ArrayList<>();
    for (String name : list()) {
      dated.parse(name).filter(dump -> isOwnFile(folder.resolve(name))).ifPresent(found::add);
    }
    found.sort(Dated.NEWEST_FIRST);
    List<String> names = new ArrayList<>();
    boolean isCurrentNamed = find(currentName()).isEmpty();
    for (Dated dump : found) {
      names.add(dump.name());
      isCurrentNamed |= isAlsoCurrent(dump.name());
    }
    if (!isCurrentNamed) {
      names.add(0, currentName());
    }
    return names;
  }

  /** Whether this is another name, or a copy, of the file that has the current name. */
  boolean isAlsoCurrent(String name) throws IOException {
    if (!isOwnFile(current)) {
      return false;
    }
    Path path = folder.resolve(name);
    try {
      return Files.isSameFile(path, current) || isCopy(path);
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  /**
   * Where there are no links, the current dump is a copy. The beginning tells its moment, and the
   * end has the checksum of all.
   */
  private boolean isCopy(Path path) throws IOException {
    long size = Files.size(path);
    if (size != Files.size(current)) {
      return false;
    }
    try (FileChannel one = disk.open(path);
        FileChannel other = disk.open(current)) {
      long tail = Math.max(0, size - DumpFormat.CHUNK);
      return Arrays.equals(chunk(one, 0), chunk(other, 0))
          && Arrays.equals(chunk(one, tail), chunk(other, tail));
    }
  }

  private static byte[] chunk(FileChannel channel, long from) throws IOException {
    return SegmentReader.bytes(channel, from, DumpFormat.CHUNK);
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
   * Gives a dump its name, by the moment that it stands for or, if the clock was set back, by the
   * newest name there is, and makes it the current one unless it lacks keys. What had the current
   * name and no other keeps its content under a name of its own, or, if it does not begin as a dump
   * of ours does, under a foreign one, which is never listed. If this fails, all is as before.
   *
   * @param checkpoint is run right before, when nobody else is waited for any more
   * @return its path by its own name
   */
  synchronized Path publish(Path file, Instant createdAt, boolean complete, Runnable checkpoint)
      throws IOException {
    checkpoint.run();
    List<Path> added = new ArrayList<>();
    Optional<Path> kept = Optional.empty();
    boolean replaced = false;
    try {
      if (!complete) {
        Path own = newName(createdAt);
        disk.replace(file, own);
        added.add(own);
        disk.sync(folder);
        return own;
      }
      if (Files.exists(current, LinkOption.NOFOLLOW_LINKS)) {
        kept = Optional.of(keepCurrent(added));
      }
      Path own = newName(createdAt);
      giveSecondName(file, own);
      added.add(own);
      disk.sync(folder);
      disk.replace(file, current);
      replaced = true;
      disk.sync(folder);
      return own;
    } catch (IOException e) {
      undo(added, kept, replaced, e);
      throw e;
    }
  }

  /** One that comes behind all others, so that their order is that of writing. */
  private Path newName(Instant createdAt) throws IOException {
    Instant time = createdAt.truncatedTo(ChronoUnit.MILLIS);
    for (String name : list()) {
      Optional<Dated> other = dated.parse(name).filter(dump -> isOwnFile(folder.resolve(name)));
      if (other.isPresent() && other.get().time().isAfter(time)) {
        time = other.get().time();
      }
    }
    return folder.resolve(free(dated, time).name());
  }

  /** Takes names away again, when what had the current name has it again. */
  private void undo(List<Path> added, Optional<Path> kept, boolean replaced, IOException cause) {
    try {
      if (replaced && kept.isPresent()) {
        makeCurrent(kept.get());
      } else if (replaced) {
        Files.delete(current);
      }
      for (Path name : added) {
        Files.deleteIfExists(name);
      }
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }

  /** Gives a dump the current name, too. */
  void makeCurrent(String name) throws IOException {
    makeCurrent(folder.resolve(name));
    disk.sync(folder);
  }

  private void makeCurrent(Path dump) throws IOException {
    Path second = newTemporary();
    giveSecondName(dump, second);
    disk.replace(second, current);
  }

  /** The other names of what has the current name. */
  List<Path> ownNames() throws IOException {
    List<Path> own = new ArrayList<>();
    for (String name : list()) {
      if (dated.parse(name).isPresent() && isAlsoCurrent(name)) {
        own.add(folder.resolve(name));
      }
    }
    return own;
  }

  /** Takes the current name away from what has it. */
  void clearCurrent() throws IOException {
    Files.deleteIfExists(current);
  }

  /** Sees to it that what has the current name has another; returns that, which may be added. */
  private Path keepCurrent(List<Path> added) throws IOException {
    List<Path> own = ownNames();
    if (!own.isEmpty()) {
      return own.get(0);
    }
    Path kept = folder.resolve(nameToKeep().name());
    giveSecondName(current, kept);
    added.add(kept);
    return kept;
  }

  private Dated nameToKeep() throws IOException {
    try (FileChannel channel = disk.open(current)) {
      Instant time = Files.getLastModifiedTime(current).toInstant();
      return DumpDetector.isOurs(channel)
          ? free(dated, DumpScan.check(channel, false, time, () -> {}).header().createdAt())
          : free(foreign, time);
    }
  }

  /** A name of this time that nothing has. */
  private Dated free(DatedNames names, Instant time) throws IOException {
    Dated free = names.of(time, 0);
    for (String name : list()) {
      Optional<Dated> taken = names.parse(name);
      if (taken.isPresent()
          && taken.get().time().equals(free.time())
          && taken.get().repeat() >= free.repeat()) {
        free = names.of(time, taken.get().repeat() + 1);
      }
    }
    return free;
  }

  private void giveSecondName(Path file, Path second) throws IOException {
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
    Path copy = newTemporary();
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
