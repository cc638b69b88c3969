package org.ocmcore.cache.adapter.file;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.ocmcore.cache.adapter.file.CheckedFiles.Opened;
import org.ocmcore.cache.adapter.file.CheckedFiles.Trust;
import org.ocmcore.cache.domain.error.DumpNotFound;
import org.ocmcore.cache.domain.error.DumpUnusable;
import org.ocmcore.cache.domain.port.DumpDamage;
import org.ocmcore.cache.domain.port.DumpInfo;
import org.ocmcore.cache.domain.port.DumpPort.DumpReader;

/**
 * Opens dump files to read them, after checking them whole. Writes nothing. For any number of
 * threads. Every method throws {@link DumpNotFound} if the file is gone and {@link DumpUnusable} if
 * it cannot be read; both name the dump as given.
 */
final class DumpOpener {
  /** How many damages a message lists. */
  private static final int MAX_LISTED = 3;

  private final CheckedFiles files;

  DumpOpener(CheckedFiles files) {
    this.files = files;
  }

  DumpInfo describe(String name, Path file) {
    try (Opened dump = openFile(name, file, Trust.IN_WHAT_WAS_CHECKED)) {
      return dump.summary().named(name);
    } catch (IOException e) {
      throw new DumpUnusable(name, IoMessages.of(e), e);
    }
  }

  private Opened openFile(String name, Path file, Trust trust) throws IOException {
    try {
      return files.open(file, trust);
    } catch (NoSuchFileException e) {
      throw new DumpNotFound(name);
    }
  }

  /** A reader of all entries; a damaged dump is {@link DumpUnusable}. */
  DumpReader open(String name, Path file) {
    return reader(name, file, Trust.IN_WHAT_WAS_WRITTEN, DumpSummary::isWhole);
  }

  /** A reader of the intact entries; a damaged dump without any is {@link DumpUnusable}. */
  DumpReader salvage(String name, Path file) {
    // The reader skips what was damaged since the check.
    return reader(
        name, file, Trust.IN_WHAT_WAS_CHECKED, dump -> dump.isWhole() || dump.entries() > 0);
  }

  /** Decides whether a checked dump may be read. */
  private interface Admission {
    boolean admits(DumpSummary dump);
  }

  private DumpReader reader(String name, Path file, Trust trust, Admission admission) {
    try {
      Opened dump = openFile(name, file, trust);
      try {
        if (!admission.admits(dump.summary())) {
          throw new CorruptDumpException(String.join("; ", listed(dump.summary())));
        }
        return new FileDumpReader(name, dump);
      } catch (IOException e) {
        dump.close();
        throw e;
      }
    } catch (IOException e) {
      throw new DumpUnusable(name, IoMessages.of(e), e);
    }
  }

  private static List<String> listed(DumpSummary dump) {
    List<String> listed = new ArrayList<>();
    dump.damages().stream()
        .limit(MAX_LISTED)
        .map(damage -> coversAll(damage, dump) ? damage.reason() : damage.toString())
        .forEach(listed::add);
    int more = dump.damages().size() - listed.size();
    if (more > 0) {
      listed.add("and %d places more".formatted(more));
    }
    return listed;
  }

  private static boolean coversAll(DumpDamage damage, DumpSummary dump) {
    return damage.from() == 0 && damage.to() == dump.bytes();
  }
}
