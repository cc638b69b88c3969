package org.ocmcore.cache.benchmarks.inside;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.ocmcore.cache.adapter.file.FileDumps;
import org.ocmcore.cache.benchmarks.load.KeyNames;
import org.ocmcore.cache.benchmarks.suite.TemporaryFolder;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Expiry;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.port.DumpAccount;
import org.ocmcore.cache.domain.port.DumpEntry;
import org.ocmcore.cache.domain.port.DumpHeader;
import org.ocmcore.cache.domain.port.DumpInfo;
import org.ocmcore.cache.domain.port.DumpPort;
import org.ocmcore.cache.domain.port.ServerAccount;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What an entry costs in a dump: written with all the guarantees of a dump, which include that it
 * is on the disk and was read back; and read, from a file that was checked before.
 */
public class DumpFileBenchmark extends Inside {
  private static final int ENTRIES = 50_000;
  private static final String SERVER = "127.0.0.1:11211";

  /** The ending of the file, which says how it is compressed. */
  @Param({"jsonl", "jsonl.gz", "jsonl.zst"})
  private String ending;

  private List<DumpEntry> entries;
  private TemporaryFolder folder;
  private DumpPort dumps;
  private String kept;

  @Setup(Level.Trial)
  public void open() throws IOException {
    KeyNames names = new KeyNames(30);
    entries = IntStream.range(0, ENTRIES)
        .mapToObj(i -> new CacheEntry(CacheKey.of(names.text(i)), value(i), Expiry.NEVER))
        .map(entry -> new DumpEntry(entry, 1_700_000_000))
        .toList();
    folder = new TemporaryFolder();
    dumps = new FileDumps(folder.inside("inside").resolve("dump." + ending));
    kept = written().name();
  }

  private static CacheValue value(int index) {
    return CacheValue.ofText(
        "{\"id\": %d, \"name\": \"user-%d\", \"seen\": %d, \"cart\": [%d, %d, 17]}"
            .formatted(index, index, 1_700_000_000 + index, index % 97, index % 89));
  }

  @Benchmark
  @OperationsPerInvocation(ENTRIES)
  public long write() {
    DumpInfo info = written();
    dumps.delete(info.name());
    return info.entries();
  }

  private DumpInfo written() {
    try (DumpPort.DumpWriter writer =
        dumps.create(new DumpHeader(Instant.now(), List.of(SERVER), "benchmark"))) {
      DumpPort.PartWriter part = writer.part();
      entries.forEach(part::write);
      part.end();
      ServerAccount account =
          new ServerAccount(SERVER, ENTRIES, ENTRIES, 0, 0, 0, 0, 0, Optional.empty());
      return writer.commit(new DumpAccount(List.of(account)), () -> {});
    }
  }

  @Benchmark
  @OperationsPerInvocation(ENTRIES)
  public int read() {
    int count = 0;
    try (DumpPort.DumpReader reader = dumps.open(kept)) {
      while (reader.next() != null) {
        count++;
      }
    }
    if (count != ENTRIES) {
      throw new IllegalStateException("read %d of %d entries".formatted(count, ENTRIES));
    }
    return count;
  }

  @TearDown(Level.Trial)
  public void close() throws IOException {
    folder.close();
  }
}
