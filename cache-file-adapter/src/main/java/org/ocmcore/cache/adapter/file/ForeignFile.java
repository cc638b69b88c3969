package org.ocmcore.cache.adapter.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.ocmcore.cache.domain.error.DumpNotFound;
import org.ocmcore.cache.domain.error.DumpUnusable;
import org.ocmcore.cache.domain.port.DumpEntry;
import org.ocmcore.cache.domain.port.DumpHeader;
import org.ocmcore.cache.domain.port.DumpInfo;
import org.ocmcore.cache.domain.port.DumpPort.DumpReader;
import org.ocmcore.cache.domain.port.DumpSource;

/**
 * A file of another tool as a dump, opened read-only. It is parsed whole before the first entry is
 * read, and once more while they are read; its memory does not grow with the file. It names no
 * servers and has no account. It has no checksums, so {@link #salvage} takes all or nothing. For
 * any number of threads.
 */
final class ForeignFile implements DumpSource {
  private final Path file;
  private final FileFormat format;
  private final Instant now;

  /** @param now lifetimes in seconds begin here */
  ForeignFile(Path file, FileFormat format, Instant now) {
    this.file = file;
    this.format = format;
    this.now = now;
  }

  @Override
  public String currentName() {
    return file.getFileName().toString();
  }

  @Override
  public DumpInfo describe(String name) {
    return check(name).info();
  }

  @Override
  public DumpReader open(String name) {
    Checked checked = check(name);
    try {
      return new Reader(checked);
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  @Override
  public DumpReader salvage(String name) {
    return open(name);
  }

  /** What a whole file contains. */
  private record Checked(DumpInfo info, long checksum) {}

  private Checked check(String name) {
    if (!name.equals(currentName())) {
      throw new DumpNotFound(name);
    }
    try (PlainInput text = PlainInput.open(file)) {
      ForeignParser parser = ForeignParser.of(format, text, now);
      long entries = 0;
      while (parser.next() != null) {
        entries++;
      }
      return new Checked(info(entries), text.checksum());
    } catch (NoSuchFileException e) {
      throw new DumpNotFound(name);
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  private DumpInfo info(long entries) throws IOException {
    // Lifetimes in seconds begin now; dates belong to the time when the file was written.
    Instant time = format == FileFormat.MEMCACHED_TOOL
        ? Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS).toInstant()
        : now;
    DumpHeader header = new DumpHeader(time, List.of(), format.toString());
    return new DumpInfo(
        currentName(), header, entries, Files.size(file), Optional.empty(), List.of());
  }

  private DumpUnusable unusable(IOException e) {
    return new DumpUnusable(currentName(), IoMessages.of(e), e);
  }

  /** Reads the entries of a checked file. For one thread. */
  private final class Reader implements DumpReader {
    private final Checked checked;
    private final PlainInput text;
    private final ForeignParser parser;
    private long entries;

    private Reader(Checked checked) throws IOException {
      this.checked = checked;
      text = PlainInput.open(file);
      try {
        parser = ForeignParser.of(format, text, now);
      } catch (IOException e) {
        text.close();
        throw e;
      }
    }

    @Override
    public DumpInfo info() {
      return checked.info();
    }

    @Override
    public DumpEntry next() {
      try {
        DumpEntry next = parser.next();
        if (next != null) {
          entries++;
        } else if (entries != checked.info().entries() || text.checksum() != checked.checksum()) {
          throw new CorruptDumpException("it was changed while it was read");
        }
        return next;
      } catch (IOException e) {
        throw unusable(e);
      }
    }

    @Override
    public Optional<String> server() {
      return Optional.empty();
    }

    @Override
    public void close() {
      try {
        text.close();
      } catch (IOException e) {
        throw unusable(e);
      }
    }
  }
}
