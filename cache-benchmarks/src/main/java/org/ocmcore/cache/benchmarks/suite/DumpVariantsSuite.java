package org.ocmcore.cache.benchmarks.suite;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.ocmcore.cache.benchmarks.load.KeyNames;
import org.ocmcore.cache.benchmarks.load.Shapes;
import org.ocmcore.cache.benchmarks.measure.Comparison;
import org.ocmcore.cache.benchmarks.measure.Scores;
import org.ocmcore.cache.benchmarks.measure.Unit;
import org.ocmcore.cache.benchmarks.peer.BareClient;
import org.ocmcore.cache.benchmarks.peer.MemcachedProcess;
import org.ocmcore.cache.benchmarks.peer.ServiceProcess;

/** Dumps of other values, in other formats, over HTTP, in little memory. */
final class DumpVariantsSuite implements Suite {
  private static final String BARE = DumpStand.BARE;
  private static final String FILE = DumpStand.FILE;

  /** Of what is a hundred times as large there are so many times fewer. */
  private static final int FEWER_LARGE = 100;

  private static final long ROOM_MIB = 256;
  private static final long MIB = 1 << 20;

  @Override
  public void run(Stage stage, Scores scores) throws Exception {
    stage.closeService();
    try (Stage items = stage.other(Shapes.DUMPED, stage.count())) {
      compressed(items, scores);
      fromElsewhere(items, scores);
      inLittleMemory(items, scores, "");
      overHttp(items, stage.indexBytes(), scores);
    }
    try (Stage binary = stage.other(Shapes.DUMPED_BINARY, stage.count())) {
      dumpOnce(binary, scores, "dump of random bytes");
    }
    long large = Math.max(KeyNames.GROUP, stage.count() / FEWER_LARGE);
    try (Stage items = stage.other(Shapes.DUMPED_LARGE, large)) {
      large(items, scores);
    }
  }

  private static void compressed(Stage items, Scores scores) throws IOException {
    for (String ending : List.of(".gz", ".zst")) {
      Path file = items.newFolder("dumps").resolve(FILE + ending);
      try (DumpStand stand = new DumpStand(items.memcached().address(), file);
          BareClient reader = new BareClient(items.memcached().port(), items.shape())) {
        scores.measure(
            Comparison.of("dump as " + ending, Unit.SECONDS, () -> stand.dumpSeconds(items.count()))
                .against(BARE, () -> reader.readSeconds(items.count()))
                .once());
        scores.measure(stand.size("its file, " + ending));
      }
    }
  }

  private static void fromElsewhere(Stage items, Scores scores) throws Exception {
    long count = items.count();
    Path file = items.newFolder("dumps").resolve(FILE);
    try (MemcachedProcess empty = items.startEmpty();
        DumpStand stand = new DumpStand(empty.address(), file);
        BareClient writer = new BareClient(empty.port(), items.shape())) {
      writer.storeSeconds(count);
      stand.dumpSeconds(count);
      scores.measure(Comparison.of(
              "restore of a dump from elsewhere, which is verified first",
              Unit.SECONDS,
              DumpSuite.emptied(writer, () -> stand.strangeRestoreSeconds(count)))
          .against(BARE, DumpSuite.emptied(writer, () -> writer.storeSeconds(count)))
          .once());
    }
  }

  private static void dumpOnce(Stage items, Scores scores, String what) throws IOException {
    Path file = items.newFolder("dumps").resolve(FILE);
    try (DumpStand stand = new DumpStand(items.memcached().address(), file);
        BareClient reader = new BareClient(items.memcached().port(), items.shape())) {
      scores.measure(Comparison.of(what, Unit.SECONDS, () -> stand.dumpSeconds(items.count()))
          .against(BARE, () -> reader.readSeconds(items.count()))
          .once());
      scores.measure(stand.size("its file, " + items.shape()));
    }
  }

  /** A process of its own, which has everything yet to compile. */
  private static void inLittleMemory(Stage items, Scores scores, String prefix) throws IOException {
    Path file = items.newFolder("dumps").resolve(FILE);
    try (MemcachedProcess empty = items.startEmpty()) {
      for (Map.Entry<String, MemcachedProcess> work :
          List.of(Map.entry("dump", items.memcached()), Map.entry("restore", empty))) {
        AtomicLong resident = new AtomicLong();
        scores.measure(Comparison.of(
                "%s%s by a process with -Xmx256m".formatted(prefix, work.getKey()),
                Unit.SECONDS,
                () -> {
                  SmallProcess.Took took = SmallProcess.run(
                      work.getKey(), work.getValue().address(), file, items.count());
                  resident.set((long) took.peakResidentBytes());
                  return took.seconds();
                })
            .once());
        scores.measure(Comparison.of(
                "%smemory of that process, its peak (%s)".formatted(prefix, work.getKey()),
                Unit.BYTES,
                resident::get)
            .once());
      }
    }
  }

  private static void overHttp(Stage items, long indexBytes, Scores scores) throws IOException {
    try (ServiceProcess service = items.start(ROOM_MIB + indexBytes / MIB);
        BareClient reader = new BareClient(items.memcached().port(), items.shape())) {
      scores.measure(Comparison.of(
              "dump over HTTP, heap: index + 256 MiB",
              Unit.SECONDS,
              () -> service.client().post("").with("entries", items.count()).seconds())
          .against(BARE, () -> reader.readSeconds(items.count())));
    }
  }

  private static void large(Stage items, Scores scores) throws IOException {
    dumpOnce(items, scores, "dump of a hundredth of them with 10 KiB");
    inLittleMemory(items, scores, "10 KiB: ");
  }
}
