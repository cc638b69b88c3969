package org.ocmcore.cache.adapter.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
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
import java.util.OptionalLong;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.ocmcore.cache.adapter.file.DatedNames.DatedName;
import org.ocmcore.cache.domain.port.DumpPlace;

/**
 * The names in the folder of dumps: which file is a dump, which is current, and which names are
 * free. Hold the monitor of this object while a decision depends on several of its answers.
 */
final class DumpFolder {
  private final Disk disk;
  private final Path folder;
  private final Path current;
  private final DumpCompression compression;
  private final DatedNames dated;
  private final DatedNames foreign;
  private final Pattern temporary;

  /** @param current the path of the current dump; its extension chooses the compression */
  DumpFolder(Path current, Disk disk) {
    this.disk = disk;
    this.current = current.toAbsolutePath();
    folder = this.current.getParent();
    String name = currentName();
    compression = DumpCompression.forFileName(name);
    int dot = name.lastIndexOf('.', name.length() - 1 - compression.extension().length());
    String stem = dot > 0
        ? name.substring(0, dot)
        : name.substring(0, name.length() - compression.extension().length());
    String extension = name.substring(stem.length());
    dated = new DatedNames(stem + "-", extension);
    foreign = new DatedNames(stem + "-foreign-", extension);
    temporary = Pattern.compile(Pattern.quote(temporaryPrefix()) + "\\d+-[0-9a-f]{16}\\.tmp");
  }

  private String temporaryPrefix() {
    return "." + currentName() + ".";
  }

  /** The folder itself. */
  Path path() {
    return folder;
  }

  /** The path of the current dump, whether it exists or not. */
  Path current() {
    return current;
  }

  String currentName() {
    return current.getFileName().toString();
  }

  /** How new dumps are compressed. */
  DumpCompression compression() {
    return compression;
  }

  /** Creates the folder, unless it exists. */
  void create() throws IOException {
    LocalDisk.createFolders(folder);
  }

  /** Deletes temporary files of processes that ended, also those that had our process id. */
  void deleteStaleTemporaries() throws IOException {
    for (String name : list()) {
      if (temporary.matcher(name).matches() && !belongsToAnotherLiveProcess(name)) {
        Files.deleteIfExists(folder.resolve(name));
      }
    }
  }

  private boolean belongsToAnotherLiveProcess(String name) {
    int start = temporaryPrefix().length();
    String number = name.substring(start, name.indexOf('-', start));
    // No process id has that many digits.
    return number.length() < 19
        && Long.parseLong(number) != ProcessHandle.current().pid()
        && ProcessHandle.of(Long.parseLong(number)).isPresent();
  }

  /** A new path for a file that is being written. */
  Path newTemporary() {
    return folder.resolve(String.format(
        Locale.ROOT,
        "%s%d-%016x.tmp",
        temporaryPrefix(),
        ProcessHandle.current().pid(),
        ThreadLocalRandom.current().nextLong()));
  }

  /** The path of a dump; empty if there is none, or no dump can have such a name. */
  Optional<Path> find(String name) {
    if (name.equals(currentName())) {
      return Optional.of(current).filter(DumpFolder::isPlainFile);
    }
    return dated.parse(name).map(dump -> folder.resolve(name)).filter(DumpFolder::isPlainFile);
  }

  /** Whether it is a regular file; we never create symbolic links. */
  private static boolean isPlainFile(Path path) {
    return Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS);
  }

  /** The names of all dumps, newest first. */
  List<String> names() throws IOException {
    List<DatedName> found = new ArrayList<>();
    for (String name : list()) {
      dated.parse(name).filter(dump -> isPlainFile(folder.resolve(name))).ifPresent(found::add);
    }
    found.sort(DatedName.NEWEST_FIRST);
    List<String> names = new ArrayList<>();
    boolean isCurrentNamed = find(currentName()).isEmpty();
    for (DatedName dump : found) {
      names.add(dump.name());
      isCurrentNamed |= isAliasOfCurrent(dump.name());
    }
    if (!isCurrentNamed) {
      names.add(0, currentName());
    }
    return names;
  }

  /** Whether this is another name, or a copy, of the file that has the current name. */
  boolean isAliasOfCurrent(String name) throws IOException {
    if (!isPlainFile(current)) {
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
   * Without hard links, the current dump is a copy. The first bytes of a dump have its time, and
   * the last bytes have the checksum of all.
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

  /** The dated paths of the current dump. */
  List<Path> datedPathsOfCurrent() throws IOException {
    List<Path> own = new ArrayList<>();
    for (String name : list()) {
      if (dated.parse(name).isPresent() && isAliasOfCurrent(name)) {
        own.add(folder.resolve(name));
      }
    }
    return own;
  }

  /** Removes the current name. */
  void clearCurrent() throws IOException {
    Files.deleteIfExists(current);
  }

  /** A name for a dump of this time that sorts behind all dated names. */
  Path nextDatedPath(Instant createdAt) throws IOException {
    Instant time = createdAt.truncatedTo(ChronoUnit.MILLIS);
    for (String name : list()) {
      Optional<DatedName> other =
          dated.parse(name).filter(dump -> isPlainFile(folder.resolve(name)));
      if (other.isPresent() && other.get().time().isAfter(time)) {
        time = other.get().time();
      }
    }
    return folder.resolve(unusedName(dated, time).name());
  }

  /** A dated name for the current dump, so that it stays listed. */
  Path unusedDatedPath(Instant time) throws IOException {
    return folder.resolve(unusedName(dated, time).name());
  }

  /** A name for a file that is no dump, which {@link #names} never lists. */
  Path unusedForeignPath(Instant time) throws IOException {
    return folder.resolve(unusedName(foreign, time).name());
  }

  /** A name with this time, and a number above those of all files with this time. */
  private DatedName unusedName(DatedNames names, Instant time) throws IOException {
    DatedName unused = names.at(time, 0);
    for (String name : list()) {
      Optional<DatedName> taken = names.parse(name);
      if (taken.isPresent()
          && taken.get().time().equals(unused.time())
          && taken.get().repeat() >= unused.repeat()) {
        unused = names.at(time, taken.get().repeat() + 1);
      }
    }
    return unused;
  }

  /** What the folder is now, by the file system alone. */
  DumpPlace place() {
    Optional<Instant> writtenAt = isPlainFile(current)
        ? Optional.of(Instant.ofEpochMilli(current.toFile().lastModified()))
        : Optional.empty();
    try {
      long free = Files.getFileStore(folder).getUsableSpace();
      return new DumpPlace(
          Files.isWritable(folder)
              ? Optional.empty()
              : Optional.of("the folder of dumps is not writable: allow this process to write it"),
          OptionalLong.of(free),
          writtenAt);
    } catch (IOException e) {
      return new DumpPlace(
          Optional.of("the folder of dumps cannot be used: " + IoMessages.of(e)),
          OptionalLong.empty(),
          writtenAt);
    }
  }
}
