package org.ocmcore.cache.domain.restore;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.ocmcore.cache.domain.key.AppScope;
import org.ocmcore.cache.domain.port.DumpEntry;
import org.ocmcore.cache.domain.port.DumpInfo;
import org.ocmcore.cache.domain.port.DumpPort.DumpReader;
import org.ocmcore.cache.domain.query.AppRule;
import org.ocmcore.cache.domain.query.KeyFilter;
import org.ocmcore.cache.domain.query.KeyMatcher;

/** Reads the entries of a dump whose keys belong to some apps. For use by one thread. */
public final class ScopedDumpReader implements DumpReader {
  private final DumpReader dump;
  private final AppScope scope;
  private final KeyMatcher apps;
  private long read;

  /** @param dump is closed with this */
  public ScopedDumpReader(DumpReader dump, AppScope scope, AppRule rule) {
    this.dump = dump;
    this.scope = scope;
    this.apps = new KeyMatcher(KeyFilter.ALL.within(scope), rule, Instant.EPOCH);
  }

  /** The description of the whole dump; its counts include entries that are not read here. */
  @Override
  public DumpInfo info() {
    return dump.info();
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
    dump.close();
  }
}
