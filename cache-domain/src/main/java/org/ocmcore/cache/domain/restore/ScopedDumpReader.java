package org.ocmcore.cache.domain.restore;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.ocmcore.cache.domain.error.DumpUnusable;
import org.ocmcore.cache.domain.key.AppScope;
import org.ocmcore.cache.domain.port.DumpDamage;
import org.ocmcore.cache.domain.port.DumpEntry;
import org.ocmcore.cache.domain.port.DumpInfo;
import org.ocmcore.cache.domain.port.DumpPort.DumpReader;
import org.ocmcore.cache.domain.port.DumpSource;
import org.ocmcore.cache.domain.query.AppRule;
import org.ocmcore.cache.domain.query.KeyFilter;
import org.ocmcore.cache.domain.query.KeyMatcher;

/**
 * Reads the entries of a dump whose keys belong to some apps. If the dump is unusable and some apps
 * are left out, failures say only that. For use by one thread.
 */
public final class ScopedDumpReader implements DumpReader {
  /** Stands for damages whose places may be of other apps. */
  private static final DumpDamage HIDDEN =
      new DumpDamage(0, 0, "a part is damaged; only callers who see all apps get the details");

  private final DumpReader dump;
  private final AppScope scope;
  private final KeyMatcher apps;
  private long read;

  private ScopedDumpReader(DumpReader dump, AppScope scope, AppRule rule) {
    this.dump = dump;
    this.scope = scope;
    this.apps = new KeyMatcher(KeyFilter.ALL.within(scope), rule, Instant.EPOCH);
  }

  /** Reads a dump that is whole; see {@link DumpSource#open}. */
  public static ScopedDumpReader open(DumpSource dumps, String name, AppScope scope, AppRule rule) {
    return new ScopedDumpReader(failing(scope, () -> dumps.open(name)), scope, rule);
  }

  /** Reads what is intact of a dump; see {@link DumpSource#salvage}. */
  public static ScopedDumpReader salvage(
      DumpSource dumps, String name, AppScope scope, AppRule rule) {
    return new ScopedDumpReader(failing(scope, () -> dumps.salvage(name)), scope, rule);
  }

  /**
   * The result of work on dumps for a caller who may see these apps.
   *
   * @throws DumpUnusable as the work does, without details of other apps
   */
  public static <T> T failing(AppScope scope, Supplier<T> work) {
    try {
      return work.get();
    } catch (DumpUnusable e) {
      throw scope.isAll() ? e : e.withoutDetails();
    }
  }

  /**
   * The description of the whole dump; its counts include entries that are not read here. If some
   * apps are left out, it does not say which places are damaged.
   */
  @Override
  public DumpInfo info() {
    DumpInfo info = dump.info();
    return scope.isAll() || info.valid() ? info : info.with(List.of(HIDDEN));
  }

  /** The number of entries that can be read; empty if other apps own some, until they are read. */
  public OptionalLong expected() {
    return scope.isAll() ? OptionalLong.of(dump.info().entries()) : OptionalLong.empty();
  }

  /** The number of entries that {@link #next} has returned. */
  public long read() {
    return read;
  }

  @Override
  public DumpEntry next() {
    return failing(scope, this::nextOfApps);
  }

  private DumpEntry nextOfApps() {
    for (DumpEntry entry = dump.next(); entry != null; entry = dump.next()) {
      if (scope.isAll() || apps.passes(entry.entry().key())) {
        read++;
        return entry;
      }
    }
    return null;
  }

  @Override
  public Optional<String> server() {
    return dump.server();
  }

  @Override
  public void close() {
    failing(scope, () -> {
      dump.close();
      return this;
    });
  }
}
