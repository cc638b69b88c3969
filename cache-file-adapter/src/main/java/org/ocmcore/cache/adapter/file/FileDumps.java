package org.ocmcore.cache.adapter.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.ocmcore.cache.adapter.file.CheckedFiles.Opened;
import org.ocmcore.cache.domain.error.DumpFailed;
import org.ocmcore.cache.domain.error.DumpNotFound;
import org.ocmcore.cache.domain.error.DumpUnusable;
import org.ocmcore.cache.domain.port.DumpInfo;
import org.ocmcore.cache.domain.port.DumpPort;

/**
 * Dumps as files in one folder: the current one under the configured name, such as
 * {@code cache_dump.json}, older ones beside it as {@code cache_dump-20260102T120000.000Z.json}, by
 * the moment that each stands for. The format is described in {@code docs/dump-format.md}.
 *
 * <p>A dump is written to a temporary file, synced to the disk, read back whole, and then renamed
 * onto the current name. Whatever happens meanwhile, there is a whole current dump once there was
 * one. A file under the current name that does not begin as a dump does is kept as
 * {@code cache_dump-foreign-20260102T120000.000Z.json} when a dump takes its name; from then on it
 * is neither listed nor removed.
 *
 * <p>For any number of threads, and one process at a time.
 */
public final class FileDumps implements DumpPort {
  private final DumpFolder folder;
  private final Disk disk;
  private final CheckedFiles files;

  /**
   * Makes the folder, checks that files can be written there, and removes temporary files that
   * killed processes have left.
   *
   * @param current where the current dump is or will be; may be relative, with or without a folder
   * @throws DumpFailed if no dump could be written there; names the folder or file as given here
   */
  public FileDumps(Path current) {
    this(current, new LocalDisk());
  }

  FileDumps(Path current, Disk disk) {
    this.disk = disk;
    if (current.getFileName() == null || current.getFileName().toString().isEmpty()) {
      throw new DumpFailed("'" + current + "' is not the name of a file");
    }
    folder = new DumpFolder(current, disk);
    files = new CheckedFiles(disk);
    prepare(current);
  }

  private void prepare(Path current) {
    try {
      folder.make();
      folder.removeStrays();
      Path probe = folder.newTemporary();
      disk.create(probe).close();
      Files.delete(probe);
    } catch (IOException e) {
      String place = current.getParent() == null
          ? "the working folder"
          : "the folder '" + current.getParent() + "'";
      throw new DumpFailed(place + " cannot be made or written: " + Reason.of(e), e);
    }
    if (Files.exists(current, LinkOption.NOFOLLOW_LINKS) && !Files.isRegularFile(current)) {
      throw new DumpFailed("'" + current + "' is there and is not a file");
    }
  }

  @Override
  public String currentName() {
    return folder.currentName();
  }

  @Override
  public DumpWriter create(Instant createdAt, List<String> servers) {
    try {
      folder.make();
      return new FileDumpWriter(folder, disk, createdAt, servers);
    } catch (IOException e) {
      throw new DumpFailed(Reason.of(e), e);
    }
  }

  @Override
  public List<String> names() {
    try {
      return folder.names();
    } catch (IOException e) {
      throw new DumpUnusable(currentName(), "its folder cannot be read: " + Reason.of(e), e);
    }
  }

  /**
   * {@inheritDoc} What is not whole has no entries, and its time is that of its header, or file.
   */
  @Override
  public DumpInfo describe(String name) {
    Path file = find(name);
    try (Opened dump = files.open(file)) {
      return dump.summary().named(name);
    } catch (NoSuchFileException e) {
      throw new DumpNotFound(name);
    } catch (IOException damaged) {
      return describeDamaged(name, file);
    }
  }

  private DumpInfo describeDamaged(String name, Path file) {
    try (FileChannel channel = disk.open(file)) {
      Instant modified = Files.getLastModifiedTime(file).toInstant();
      Instant createdAt = DumpHeader.createdAt(channel).orElse(modified);
      return new DumpInfo(name, createdAt, 0, channel.size(), false);
    } catch (NoSuchFileException e) {
      throw new DumpNotFound(name);
    } catch (IOException e) {
      throw new DumpUnusable(name, Reason.of(e), e);
    }
  }

  @Override
  public DumpReader open(String name) {
    try {
      Opened dump = files.open(find(name));
      try {
        return new FileDumpReader(name, dump);
      } catch (IOException e) {
        dump.close();
        throw e;
      }
    } catch (NoSuchFileException e) {
      throw new DumpNotFound(name);
    } catch (IOException e) {
      throw new DumpUnusable(name, Reason.of(e), e);
    }
  }

  private Path find(String name) {
    return folder.find(name).orElseThrow(() -> new DumpNotFound(name));
  }

  /**
   * {@inheritDoc} Names of older dumps are taken as proof that they are ours; the current name was
   * chosen by somebody else, so a file that does not begin as a dump does is refused.
   */
  @Override
  public void delete(String name) {
    Optional<Path> file = folder.find(name);
    if (file.isEmpty()) {
      return;
    }
    try {
      if (name.equals(currentName())) {
        requireOurs(file.get());
      }
      Files.deleteIfExists(file.get());
    } catch (IOException e) {
      throw new DumpFailed("'" + name + "' was not removed: " + Reason.of(e), e);
    }
  }

  private void requireOurs(Path file) throws IOException {
    try (FileChannel channel = disk.open(file)) {
      DumpHeader.require(channel);
    }
  }
}
