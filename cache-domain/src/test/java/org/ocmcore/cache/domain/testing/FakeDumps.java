package org.ocmcore.cache.domain.testing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.error.DumpFailed;
import org.ocmcore.cache.domain.error.DumpNotFound;
import org.ocmcore.cache.domain.error.DumpUnusable;
import org.ocmcore.cache.domain.port.DumpInfo;
import org.ocmcore.cache.domain.port.DumpPort;

/** Keeps dumps in memory, and fails where it is told to. For one thread at a time. */
public final class FakeDumps implements DumpPort {
  private static final String CURRENT = "dump";

  private final Map<String, Content> dumps = new LinkedHashMap<>();
  private final List<String> corrupt = new ArrayList<>();
  private long largest = Long.MAX_VALUE;
  private Runnable beforeCommit = () -> {};
  private int renamed;
  private int openWriters;
  private Optional<RuntimeException> commitFailure = Optional.empty();
  private Optional<RuntimeException> deleteFailure = Optional.empty();

  /** From now on this dump fails its checks. */
  public void corrupt(String name) {
    corrupt.add(name);
  }

  /** From now on larger entries are not written. */
  public void limitEntries(long bytes) {
    largest = bytes;
  }

  /** Has this done while a dump is being committed. */
  public void whileCommitting(Runnable work) {
    beforeCommit = work;
  }

  /** From now on a dump cannot be committed. */
  public void failCommits() {
    commitFailure = Optional.of(new DumpFailed("no space left on device"));
  }

  /** From now on a commit throws this. */
  public void failCommits(RuntimeException failure) {
    commitFailure = Optional.of(failure);
  }

  /** From now on removing throws this. */
  public void failDeletes(RuntimeException failure) {
    deleteFailure = Optional.of(failure);
  }

  /** How many writers have been opened and not closed. */
  public int openWriters() {
    return openWriters;
  }

  /** What a dump holds. */
  public List<CacheEntry> entries(String name) {
    return content(name).entries;
  }

  /** Where a dump was taken from. */
  public List<String> servers(String name) {
    return content(name).servers;
  }

  /** Puts a dump there as if it had been written. */
  public void put(Instant createdAt, List<CacheEntry> entries) {
    try (DumpWriter writer = create(createdAt, List.of())) {
      entries.forEach(writer::write);
      writer.commit();
    }
  }

  private Content content(String name) {
    Content content = dumps.get(name);
    if (content == null) {
      throw new DumpNotFound(name);
    }
    return content;
  }

  @Override
  public String currentName() {
    return CURRENT;
  }

  @Override
  public DumpWriter create(Instant createdAt, List<String> servers) {
    openWriters++;
    return new Writer(createdAt, servers);
  }

  @Override
  public List<String> names() {
    List<String> newestFirst = new ArrayList<>();
    dumps.keySet().forEach(name -> newestFirst.add(0, name));
    return newestFirst;
  }

  @Override
  public DumpInfo describe(String name) {
    Content content = content(name);
    if (corrupt.contains(name)) {
      return new DumpInfo(name, content.createdAt, 0, content.bytes(), false);
    }
    return content.info(name);
  }

  @Override
  public DumpReader open(String name) {
    Content content = content(name);
    if (corrupt.contains(name)) {
      throw new DumpUnusable(name, "its checksum is wrong");
    }
    return new Reader(content.info(name), content.entries.iterator());
  }

  @Override
  public void delete(String name) {
    deleteFailure.ifPresent(failure -> {
      throw failure;
    });
    dumps.remove(name);
  }

  private record Content(Instant createdAt, List<String> servers, List<CacheEntry> entries) {
    long bytes() {
      return 100 + entries.stream().mapToLong(CacheEntry::size).sum();
    }

    DumpInfo info(String name) {
      return new DumpInfo(name, createdAt, entries.size(), bytes(), true);
    }
  }

  private final class Writer implements DumpWriter {
    private final Instant createdAt;
    private final List<String> servers;
    private final List<CacheEntry> entries = new ArrayList<>();

    Writer(Instant createdAt, List<String> servers) {
      this.createdAt = createdAt;
      this.servers = List.copyOf(servers);
    }

    @Override
    public boolean write(CacheEntry entry) {
      return entry.size() <= largest && entries.add(entry);
    }

    @Override
    public DumpInfo commit(Runnable checkpoint) {
      beforeCommit.run();
      checkpoint.run();
      commitFailure.ifPresent(failure -> {
        throw failure;
      });
      Content older = dumps.remove(CURRENT);
      if (older != null) {
        renamed++;
        dumps.put(CURRENT + "-" + renamed, older);
      }
      dumps.put(CURRENT, new Content(createdAt, servers, List.copyOf(entries)));
      return describe(CURRENT);
    }

    @Override
    public void close() {
      openWriters--;
    }
  }

  private record Reader(DumpInfo info, Iterator<CacheEntry> entries) implements DumpReader {
    @Override
    public CacheEntry next() {
      return entries.hasNext() ? entries.next() : null;
    }

    @Override
    public void close() {
      // Nothing is held.
    }
  }
}
