package org.ocmcore.cache.adapter.file;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The files of an audit log. When a file is full, it gets the number of its first line at the end
 * of its name, such as {@code audit.log.000000000001}; so the names sort by age.
 */
final class AuditFolder {
  private static final Pattern NUMBER = Pattern.compile("\\.(\\d{12,19})$");

  private final Path current;
  private final Pattern rotated;

  AuditFolder(Path current) {
    this.current = current.toAbsolutePath();
    rotated = Pattern.compile(Pattern.quote(this.current.getFileName() + ".") + "\\d{12,19}");
  }

  /** The file that is written. */
  Path current() {
    return current;
  }

  Path path() {
    return current.getParent();
  }

  Path lockFile() {
    return current.resolveSibling("." + current.getFileName() + ".lock");
  }

  /** The name of a full file. */
  Path rotated(long firstNumber) {
    return current.resolveSibling(
        String.format(Locale.ROOT, "%s.%012d", current.getFileName(), firstNumber));
  }

  /** The number of the first line of a full file, as its name says; empty if it says none. */
  static OptionalLong firstNumber(Path file) {
    Matcher number = NUMBER.matcher(file.getFileName().toString());
    // Larger than all that a log can have.
    return number.find() && number.group(1).length() < 19
        ? OptionalLong.of(Long.parseLong(number.group(1)))
        : OptionalLong.empty();
  }

  /** The full files, oldest first. */
  List<Path> rotated() throws IOException {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(path())) {
      for (Path file : files) {
        if (rotated.matcher(file.getFileName().toString()).matches()
            && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
          found.add(file);
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    found.sort(null);
    return found;
  }

  /** All files, oldest first. */
  List<Path> all() throws IOException {
    List<Path> all = rotated();
    if (Files.exists(current)) {
      all.add(current);
    }
    return all;
  }

  /** Removes all full files but the newest. @param keep their number; 0 keeps all */
  void prune(int keep) throws IOException {
    List<Path> all = rotated();
    for (Path file : keep == 0 ? List.<Path>of() : all.subList(0, Math.max(0, all.size() - keep))) {
      Files.deleteIfExists(file);
    }
  }
}
