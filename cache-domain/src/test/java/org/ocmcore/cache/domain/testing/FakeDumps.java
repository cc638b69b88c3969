package org.ocmcore.cache.domain.testing;

import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.error.DumpFailed;
import org.ocmcore.cache.domain.error.DumpNotFound;
import org.ocmcore.cache.domain.error.DumpUnusable;
import org.ocmcore.cache.domain.port.DumpAccount;
import org.ocmcore.cache.domain.port.DumpBytes;
import org.ocmcore.cache.domain.port.DumpDamage;
import org.ocmcore.cache.domain.port.DumpEntry;
import org.ocmcore.cache.domain.port.DumpHeader;
import org.ocmcore.cache.domain.port.DumpInfo;
import org.ocmcore.cache.domain.port.DumpPort;
import org.ocmcore.cache.domain.port.ServerAccount;

/**
 * Dumps in memory, named {@code dump-1}, {@code dump-2} …, which fail on demand. Parts may be
 * written by any number of threads; all else is for one thread.
 */
public final class FakeDumps implements DumpPort {
  /** Stands for a server that a dump does not name. */
  private static final String UNKNOWN = "unknown";

  private static final String CURRENT = "dump";

  private final Map<String, Content> dumps = new LinkedHashMap<>();
  private final List<String> corrupt = new ArrayList<>();
  private final List<String> removed = new ArrayList<>();
  private long largest = Long.MAX_VALUE;
  private Runnable beforeWrite = () -> {};
  private Runnable beforeCommit = () -> {};
  private int count;
  private volatile String breakage;
  private int openWriters;
  private int openScratches;
  private long scratched;
  private Optional<RuntimeException> commitFailure = Optional.empty();
  private Optional<RuntimeException> deleteFailure = Optional.empty();

  /** From now on this dump is damaged: it lacks its last entry. */
  public void corrupt(String name) {
    corrupt.add(name);
  }

  /** From now on larger entries are refused. */
  public void limitEntries(long bytes) {
    largest = bytes;
  }

  /** Runs this before each entry is written, on the thread that writes it. */
  public void beforeEachEntry(Runnable work) {
    beforeWrite = work;
  }

  /** Runs this at the beginning of each commit. */
  public void whileCommitting(Runnable work) {
    beforeCommit = work;
  }

  /** From now on commits fail. */
  public void failCommits() {
    commitFailure = Optional.of(new DumpFailed("no space left on device"));
  }

  /** From now on a commit throws this. */
  public void failCommits(RuntimeException failure) {
    commitFailure = Optional.of(failure);
  }

  /** From now on deleting throws this. */
  public void failDeletes(RuntimeException failure) {
    deleteFailure = Optional.of(failure);
  }

  /** From now on this name is listed without a dump, as if it had been deleted just now. */
  public void nameToo(String name) {
    removed.add(name);
  }

  /** From now on every read of an entry fails with this reason. */
  public void breakReaders(String reason) {
    breakage = reason;
  }

  /** The number of open writers and scratches. */
  public int open() {
    return openWriters + openScratches;
  }

  /** The number of bytes written to scratches. */
  public long scratched() {
    return scratched;
  }

  /** The next dump is named after the number that follows. */
  public void countFrom(int number) {
    count = number;
  }

  /** The entries of a dump. */
  public List<CacheEntry> entries(String name) {
    return content(name).entries.stream().map(held -> held.entry().entry()).toList();
  }

  /** The entries of a dump with their last access. */
  public List<DumpEntry> dumped(String name) {
    return content(name).entries.stream().map(PlacedDumpEntry::entry).toList();
  }

  /** Adds a dump as if it had been written. */
  public void put(Instant createdAt, List<CacheEntry> entries) {
    put(createdAt, entries, account(entries.size(), Optional.empty()));
  }

  private static DumpAccount account(long written, Optional<String> failure) {
    return new DumpAccount(
        List.of(new ServerAccount("a:1", written, written, 0, 0, 0, 0, 0, 0, failure)));
  }

  /** Adds a dump as if it had been written. */
  public void put(Instant createdAt, List<CacheEntry> entries, DumpAccount account) {
    try (DumpWriter writer = create(new DumpHeader(createdAt, List.of(), ""))) {
      PartWriter part = writer.part(UNKNOWN);
      entries.forEach(entry -> part.write(new DumpEntry(entry, KeyInfo.UNKNOWN)));
      part.end();
      writer.commit(account, () -> {});
    }
  }

  /** Adds a dump as if it had been written, whose entries come from the first of its servers. */
  public void put(DumpHeader header, List<CacheEntry> entries) {
    String server = header.servers().get(0);
    try (DumpWriter writer = create(header)) {
      PartWriter part = writer.part(server);
      entries.forEach(entry -> part.write(new DumpEntry(entry, KeyInfo.UNKNOWN)));
      part.end();
      writer.commit(account(entries.size(), Optional.empty()), () -> {});
    }
  }

  private Content content(String name) {
    Content content = dumps.get(named(name));
    if (content == null) {
      throw new DumpNotFound(name);
    }
    return content;
  }

  private String named(String name) {
    return name.equals(CURRENT)
        ? names().stream()
            .filter(dump -> dumps.containsKey(dump) && dumps.get(dump).account.isComplete())
            .findFirst()
            .orElse(name)
        : name;
  }

  @Override
  public String currentName() {
    return CURRENT;
  }

  @Override
  public DumpWriter create(DumpHeader header) {
    openWriters++;
    return new Writer(header);
  }

  @Override
  public List<String> names() {
    List<String> newestFirst = new ArrayList<>(dumps.keySet());
    Collections.reverse(newestFirst);
    newestFirst.addAll(removed);
    return newestFirst;
  }

  @Override
  public DumpInfo describe(String name) {
    Content content = content(name);
    return corrupt.contains(named(name)) ? content.damaged(name) : content.info(name);
  }

  @Override
  public DumpReader open(String name) {
    DumpInfo info = describe(name);
    if (!info.valid()) {
      throw new DumpUnusable(name, "its checksum is wrong");
    }
    return new Reader(info, content(name).entries.iterator());
  }

  @Override
  public DumpReader salvage(String name) {
    DumpInfo info = describe(name);
    return new Reader(
        info, content(name).entries.subList(0, (int) info.entries()).iterator());
  }

  @Override
  public DumpBytes bytes(String name) {
    long length = content(name).bytes();
    return new DumpBytes(new ByteArrayInputStream(new byte[(int) length]), length);
  }

  @Override
  public void delete(String name, Optional<Instant> createdAt) {
    if (dumps.containsKey(named(name))) {
      createdAt.ifPresent(time -> describe(name).requireOf(time));
    }
    deleteFailure.ifPresent(failure -> {
      throw failure;
    });
    dumps.remove(named(name));
  }

  @Override
  public Scratch scratch() {
    openScratches++;
    return new FakeScratch(length -> scratched += length, () -> openScratches--);
  }

  private record Content(DumpHeader header, List<PlacedDumpEntry> entries, DumpAccount account) {
    long bytes() {
      return 100
          + entries.stream().mapToLong(held -> held.entry().entry().size()).sum();
    }

    DumpInfo info(String name) {
      return new DumpInfo(name, header, entries.size(), bytes(), Optional.of(account), List.of());
    }

    DumpInfo damaged(String name) {
      DumpDamage damage = new DumpDamage(bytes() - 1, bytes(), "its checksum is wrong");
      return new DumpInfo(
          name,
          header,
          Math.max(0, entries.size() - 1),
          bytes(),
          Optional.of(account),
          List.of(damage));
    }
  }

  private final class Writer implements DumpWriter {
    private final DumpHeader header;
    private final List<PlacedDumpEntry> entries = Collections.synchronizedList(new ArrayList<>());

    Writer(DumpHeader header) {
      this.header = header;
    }

    @Override
    public PartWriter part(String server) {
      return new FakePart(server, entries, this::isAccepted);
    }

    private boolean isAccepted(DumpEntry entry) {
      beforeWrite.run();
      return entry.entry().size() <= largest;
    }

    @Override
    public long bytes() {
      return entries.size();
    }

    @Override
    public DumpInfo commit(DumpAccount account, Runnable checkpoint) {
      beforeCommit.run();
      checkpoint.run();
      commitFailure.ifPresent(failure -> {
        throw failure;
      });
      if (account.sum(ServerAccount::written) != entries.size()) {
        throw new DumpFailed("its account says %d entries, and it has %d"
            .formatted(account.sum(ServerAccount::written), entries.size()));
      }
      String name = CURRENT + "-" + ++count;
      dumps.put(name, new Content(header, List.copyOf(entries), account));
      return describe(name);
    }

    @Override
    public void close() {
      openWriters--;
    }
  }

  private final class Reader implements DumpReader {
    private final DumpInfo info;
    private final Iterator<PlacedDumpEntry> entries;
    private Optional<String> server = Optional.empty();

    Reader(DumpInfo info, Iterator<PlacedDumpEntry> entries) {
      this.info = info;
      this.entries = entries;
    }

    @Override
    public DumpInfo info() {
      return info;
    }

    @Override
    public DumpEntry next() {
      if (breakage != null) {
        throw new DumpUnusable(info.name(), breakage);
      }
      if (!entries.hasNext()) {
        return null;
      }
      PlacedDumpEntry next = entries.next();
      server = Optional.of(next.server()).filter(known -> !known.equals(UNKNOWN));
      return next.entry();
    }

    @Override
    public Optional<String> server() {
      return server;
    }

    @Override
    public void close() {
      // Nothing is held.
    }
  }
}
