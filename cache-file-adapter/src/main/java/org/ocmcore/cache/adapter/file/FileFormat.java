package org.ocmcore.cache.adapter.file;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.ocmcore.cache.domain.port.DumpSource;

/** The formats of files that can be restored: our dumps and what other tools write. */
public enum FileFormat {
  /** A dump, as {@code docs/dump-format.md} describes it. */
  CACHE,
  /** The output of {@code memcached-tool HOST dump}. */
  MEMCACHED_TOOL,
  /** RFC 4180 with a header line that names the columns. */
  CSV,
  /** One JSON object per line. */
  NDJSON;

  private static final int FIRST_BYTES = 16 * 1024;

  /** The names of all formats. */
  public static List<String> names() {
    return Arrays.stream(values()).map(FileFormat::toString).toList();
  }

  /** The format with this name; empty if there is none. */
  public static Optional<FileFormat> named(String name) {
    return Arrays.stream(values())
        .filter(format -> format.toString().equals(name))
        .findFirst();
  }

  /**
   * The format of a file, by its first line, compressed or not. A file of no known format is
   * {@link #CACHE}, whose check says what is wrong with it.
   *
   * @throws IOException if it cannot be read
   */
  public static FileFormat detect(Path file) throws IOException {
    return detect(Files.newInputStream(
        LocalDisk.requireNoPipe(file, LinkOption.NOFOLLOW_LINKS), LinkOption.NOFOLLOW_LINKS));
  }

  /** The format of a file by its first bytes, as they are stored. */
  static FileFormat detect(byte[] firstBytes) throws IOException {
    return detect(new ByteArrayInputStream(firstBytes));
  }

  private static FileFormat detect(InputStream file) throws IOException {
    return FormatDetector.detect(PlainInput.firstBytes(file, FIRST_BYTES));
  }

  /**
   * The file as a single dump. It is opened read-only, and not yet.
   *
   * @param file a file, not a symbolic link
   * @param now lifetimes in seconds begin here
   */
  public DumpSource source(Path file, Instant now) {
    return this == CACHE ? new SingleDumpFile(file) : new ForeignFile(file, this, now);
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
