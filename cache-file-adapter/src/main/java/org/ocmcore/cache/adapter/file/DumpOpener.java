package org.ocmcore.cache.adapter.file;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.ocmcore.cache.adapter.file.CheckCache.CheckedDump;
import org.ocmcore.cache.adapter.file.CheckCache.Trust;
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

  private final CheckCache files;

  DumpOpener(CheckCache files) {
    this.files = files;
  }

  DumpInfo describe(String name, Path file) {
    try (CheckedDump dump = openFile(name, file, Trust.CHECKED_HERE)) {
      return dump.result().info(name);
    } catch (IOException e) {
      throw new DumpUnusable(name, IoMessages.of(e), e);
    }
  }

  private CheckedDump openFile(String name, Path file, Trust trust) throws IOException {
    try {
      return files.open(file, trust);
    } catch (NoSuchFileException e) {
      throw new DumpNotFound(name);
    }
  }

  /** A reader of all entries; a damaged dump is {@link DumpUnusable}. */
  DumpReader open(String name, Path file) {
    return reader(name, file, Trust.WRITTEN_HERE, CheckResult::isWhole);
  }

  /** A reader of the intact entries; a damaged dump without any is {@link DumpUnusable}. */
  DumpReader salvage(String name, Path file) {
    // The reader skips what was damaged since the check.
    return reader(name, file, Trust.CHECKED_HERE, dump -> dump.isWhole() || dump.entries() > 0);
  }

  /** Decides whether a checked dump may be read. */
  private interface Admission {
    boolean admits(CheckResult dump);
  }

  private DumpReader reader(String name, Path file, Trust trust, Admission admission) {
    try {
      CheckedDump dump = openFile(name, file, trust);
      try {
        if (!admission.admits(dump.result())) {
          throw new CorruptDumpException(String.join("; ", listed(dump.result())));
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

  private static List<String> listed(CheckResult dump) {
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

  private static boolean coversAll(DumpDamage damage, CheckResult dump) {
    return damage.from() == 0 && damage.to() == dump.bytes();
  }
}
