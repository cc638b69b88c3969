package org.ocmcore.cache.adapter.file;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.ocmcore.cache.domain.error.DumpFailed;
import org.ocmcore.cache.domain.error.DumpNotFound;
import org.ocmcore.cache.domain.error.DumpUnusable;
import org.ocmcore.cache.domain.port.DumpBytes;
import org.ocmcore.cache.domain.port.DumpHeader;
import org.ocmcore.cache.domain.port.DumpInfo;
import org.ocmcore.cache.domain.port.DumpPort;

/**
 * Dumps as files in one folder, each under the moment that it stands for, such as
 * {@code cache_dump-20260102T120000.000Z.json}. The newest good one has the configured name, too,
 * such as {@code cache_dump.json}; whether that ends in {@code .zst} or {@code .gz} says how new
 * dumps are compressed. The format is described in {@code docs/dump-format.md}.
 *
 * <p>A dump is written to a temporary file, synced to the disk, read back whole, and then given its
 * names. Whatever happens meanwhile, there is a whole current dump once there was one. A file under
 * the current name that does not begin as a dump does is kept as
 * {@code cache_dump-foreign-20260102T120000.000Z.json} when a dump takes its name; from then on it
 * is neither listed nor removed.
 *
 * <p>For any number of threads, and one process at a time.
 */
public final class FileDumps implements DumpPort {
  private final DumpFolder folder;
  private final Disk disk;
  private final CheckedFiles files;
  private final DumpOpener opener;

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
    opener = new DumpOpener(files);
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
      throw new DumpFailed(place + " cannot be made or written: " + IoMessages.of(e), e);
    }
    if (Files.isSymbolicLink(current)) {
      throw new DumpFailed("'" + current + "' is a symbolic link; name the file that it leads to");
    }
    if (Files.exists(current, LinkOption.NOFOLLOW_LINKS) && !Files.isRegularFile(current)) {
      throw new DumpFailed("'" + current + "' is there and is not a file");
    }
    try {
      folder.compression().requireUsable();
    } catch (IOException e) {
      throw new DumpFailed(
          "'" + current + "' cannot be compressed as its name asks for: " + e.getMessage(), e);
    }
    repair();
  }

  /** A process that was killed may have left a new dump that has not got the current name. */
  private void repair() {
    try {
      for (String name : folder.names()) {
        if (name.equals(currentName()) || folder.isAlsoCurrent(name)) {
          return;
        }
        if (isGood(name)) {
          folder.makeCurrent(name);
          return;
        }
      }
    } catch (IOException e) {
      // What is current still is; what hinders here will hinder the next dump, which tells of it.
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
      folder.make();
      return new FileDumpWriter(folder, disk, files, header);
    } catch (IOException e) {
      throw new DumpFailed(IoMessages.of(e), e);
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
  public DumpInfo describe(String name) {
    return opener.describe(name, find(name));
  }

  @Override
  public DumpReader open(String name) {
    return opener.open(name, find(name));
  }

  @Override
  public DumpReader salvage(String name) {
    return opener.salvage(name, find(name));
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

  private Path find(String name) {
    return folder.find(name).orElseThrow(() -> new DumpNotFound(name));
  }

  /**
   * {@inheritDoc} Names with a time are taken as proof that they are ours; the current name was
   * chosen by somebody else, so a file that does not begin as a dump does is refused.
   */
  @Override
  public void delete(String name) {
    try {
      synchronized (folder) {
        Optional<Path> file = folder.find(name);
        if (file.isPresent()) {
          delete(name, file.get());
        }
      }
    } catch (IOException e) {
      throw new DumpFailed("'" + name + "' was not removed: " + IoMessages.of(e), e);
    }
  }

  private void delete(String name, Path file) throws IOException {
    if (name.equals(currentName())) {
      requireOurs(file);
      List<Path> own = folder.ownNames();
      passOn();
      for (Path second : own) {
        Files.deleteIfExists(second);
      }
      return;
    }
    if (folder.isAlsoCurrent(name)) {
      passOn();
    }
    Files.deleteIfExists(file);
  }

  private void requireOurs(Path file) throws IOException {
    try (FileChannel channel = disk.open(file)) {
      if (!DumpDetector.isOurs(channel)) {
        throw new CorruptDumpException("it does not begin as a dump does");
      }
    }
  }

  /** Gives the current name to the newest good dump that is another than the one that has it. */
  private void passOn() throws IOException {
    for (String name : folder.names()) {
      if (!name.equals(currentName()) && !folder.isAlsoCurrent(name) && isGood(name)) {
        folder.makeCurrent(name);
        return;
      }
    }
    folder.clearCurrent();
  }

  private boolean isGood(String name) {
    try {
      DumpInfo dump = describe(name);
      return dump.valid() && dump.complete();
    } catch (DumpNotFound | DumpUnusable e) {
      return false;
    }
  }
}
