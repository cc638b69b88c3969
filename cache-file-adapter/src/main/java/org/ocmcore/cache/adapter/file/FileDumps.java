package org.ocmcore.cache.adapter.file;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.ocmcore.cache.domain.error.DumpFailed;
import org.ocmcore.cache.domain.error.DumpNotFound;
import org.ocmcore.cache.domain.error.DumpUnusable;
import org.ocmcore.cache.domain.port.DumpBytes;
import org.ocmcore.cache.domain.port.DumpHeader;
import org.ocmcore.cache.domain.port.DumpInfo;
import org.ocmcore.cache.domain.port.DumpPlace;
import org.ocmcore.cache.domain.port.DumpPort;

/**
 * Dumps as files in one folder. Each has a name with its time, such as
 * {@code cache_dump-20260102T120000.000Z.json}. The newest complete one also has the configured
 * name, such as {@code cache_dump.json}. The extension of that name, {@code .zst}, {@code .gz} or
 * any other, chooses the compression of new dumps. The format is that of
 * {@code docs/dump-format.md}.
 *
 * <p>A dump is written to a temporary file, synced to the disk and read back whole; then it gets
 * its names. Once there is a current dump, there always is a whole one, even if the process is
 * killed. A file with the current name that does not begin like a dump is kept as
 * {@code cache_dump-foreign-20260102T120000.000Z.json} when a dump takes its name. From then on it
 * is neither listed nor removed.
 *
 * <p>For any number of threads, and one process at a time: {@link DumpLock} keeps others away.
 */
public final class FileDumps extends CheckedDumps implements DumpPort {
  private final DumpFolder folder;
  private final DumpPublisher publisher;
  private final Disk disk;
  private final CheckCache files;

  /**
   * Creates the folder, checks that it is writable, deletes temporary files of killed processes,
   * and finishes an interrupted publish.
   *
   * @param current the path of the current dump, which need not exist; may be relative; no symbolic
   *     link, see {@link SymbolicLinks}
   * @throws DumpFailed if no dump can be written there; names the folder or file as given here
   */
  public FileDumps(Path current) {
    this(current, new LocalDisk());
  }

  FileDumps(Path current, Disk disk) {
    this(current, disk, new CheckCache(disk));
  }

  private FileDumps(Path current, Disk disk, CheckCache files) {
    super(files);
    this.disk = disk;
    this.files = files;
    if (current.getFileName() == null || current.getFileName().toString().isEmpty()) {
      throw new DumpFailed("'" + current + "' is not the name of a file");
    }
    folder = new DumpFolder(current, disk);
    publisher = new DumpPublisher(folder, disk);
    prepare(current);
  }

  private void prepare(Path current) {
    try {
      folder.create();
      folder.deleteStaleTemporaries();
      Path probe = folder.newTemporary();
      disk.create(probe).close();
      Files.delete(probe);
    } catch (IOException e) {
      throw unwritable(current, e);
    }
    if (Files.isSymbolicLink(current)) {
      throw new DumpFailed(SymbolicLinks.refusal(current));
    }
    if (Files.exists(current, LinkOption.NOFOLLOW_LINKS) && !Files.isRegularFile(current)) {
      throw new DumpFailed("'" + current + "' is there and is not a file");
    }
    try {
      folder.compression().requireAvailable();
    } catch (IOException e) {
      throw new DumpFailed(
          "'" + current + "' cannot be compressed as its name asks for: " + e.getMessage(), e);
    }
    finishInterruptedPublish();
  }

  static DumpFailed unwritable(Path current, IOException cause) {
    String place = current.getParent() == null
        ? "the working folder"
        : "the folder '" + current.getParent() + "'";
    return new DumpFailed(place + " cannot be made or written: " + IoMessages.of(cause), cause);
  }

  /** Gives the current name to a newer dump, which a killed process left without it. */
  private void finishInterruptedPublish() {
    try {
      for (String name : folder.names()) {
        if (name.equals(currentName()) || folder.isAliasOfCurrent(name)) {
          return;
        }
        if (isComplete(name)) {
          publisher.makeCurrent(name);
          return;
        }
      }
    } catch (IOException e) {
      // The current dump stays current. The next dump meets the same failure, and reports it.
      return;
    }
  }

  @Override
  public String currentName() {
    return folder.currentName();
  }

  @Override
  public DumpWriter create(DumpHeader header) {
    try {
      folder.create();
      return new FileDumpWriter(folder, publisher, disk, files, header);
    } catch (IOException e) {
      throw new DumpTarget(folder.current()).failed(e);
    }
  }

  @Override
  public Scratch scratch() {
    try {
      return new FileScratch(folder.newTemporary(), disk);
    } catch (IOException e) {
      throw new DumpFailed(IoMessages.of(e), e);
    }
  }

  @Override
  public List<String> names() {
    try {
      return folder.names();
    } catch (IOException e) {
      throw new DumpUnusable(currentName(), "its folder cannot be read: " + IoMessages.of(e), e);
    }
  }

  @Override
  public DumpBytes bytes(String name) {
    try {
      FileChannel channel = disk.open(find(name));
      return new DumpBytes(Channels.newInputStream(channel), channel.size());
    } catch (NoSuchFileException e) {
      throw new DumpNotFound(name);
    } catch (IOException e) {
      throw new DumpUnusable(name, IoMessages.of(e), e);
    }
  }

  @Override
  Path find(String name) {
    return folder.find(name).orElseThrow(() -> new DumpNotFound(name));
  }

  /**
   * {@inheritDoc} A file with a dated name counts as a dump, whatever its content. A file with the
   * current name must begin like a dump: the name was configured, and may be that of another file.
   */
  @Override
  public void delete(String name, Optional<Instant> createdAt) {
    try {
      synchronized (folder) {
        Optional<Path> file = folder.find(name);
        if (file.isPresent()) {
          createdAt.ifPresent(time -> describe(name).requireOf(time));
          delete(name, file.get());
        }
      }
    } catch (IOException e) {
      throw new DumpFailed("'" + name + "' was not removed: " + IoMessages.of(e), e);
    }
  }

  private void delete(String name, Path file) throws IOException {
    if (name.equals(currentName())) {
      requireDump(file);
      List<Path> own = folder.datedPathsOfCurrent();
      passCurrentNameOn();
      for (Path second : own) {
        Files.deleteIfExists(second);
      }
      return;
    }
    if (folder.isAliasOfCurrent(name)) {
      passCurrentNameOn();
    }
    Files.deleteIfExists(file);
  }

  private void requireDump(Path file) throws IOException {
    try (FileChannel channel = disk.open(file)) {
      if (!DumpDetector.isDump(channel)) {
        throw new CorruptDumpException("it does not begin as a dump does");
      }
    }
  }

  /** Gives the current name to the newest complete dump other than the current one. */
  private void passCurrentNameOn() throws IOException {
    for (String name : folder.names()) {
      if (!name.equals(currentName()) && !folder.isAliasOfCurrent(name) && isComplete(name)) {
        publisher.makeCurrent(name);
        return;
      }
    }
    folder.clearCurrent();
  }

  private boolean isComplete(String name) {
    try {
      DumpInfo dump = describe(name);
      return dump.valid() && dump.complete();
    } catch (DumpNotFound | DumpUnusable e) {
      return false;
    }
  }

  @Override
  public DumpPlace place() {
    return folder.place();
  }
}
