package org.ocmcore.cache.benchmarks.suite;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.ocmcore.cache.benchmarks.load.KeyNames;
import org.ocmcore.cache.benchmarks.load.Shapes;
import org.ocmcore.cache.benchmarks.measure.Comparison;
import org.ocmcore.cache.benchmarks.measure.Probe;
import org.ocmcore.cache.benchmarks.measure.Scores;
import org.ocmcore.cache.benchmarks.measure.Target;
import org.ocmcore.cache.benchmarks.measure.Unit;
import org.ocmcore.cache.benchmarks.peer.BareClient;
import org.ocmcore.cache.benchmarks.peer.ForeignProgram;
import org.ocmcore.cache.benchmarks.peer.MemcachedProcess;
import org.ocmcore.cache.benchmarks.peer.ServiceProcess;

/** Dumps and restores, beside a bare client that reads and stores the same. */
final class DumpSuite implements Suite {
  private static final double MOST_TIMES = 2;
  private static final String BARE = "bare client";
  private static final String FILE = "dump.json";

  /** Of what is a hundred times as large there are so many times fewer. */
  private static final int FEWER_LARGE = 100;

  /** So many items are enough for tools that take minutes for a million. */
  private static final long FEW = 100_000;

  private static final long ROOM_MIB = 256;
  private static final long MIB = 1 << 20;

  @Override
  public void run(Stage stage, Scores scores) throws Exception {
    stage.closeService();
    try (Stage items = stage.other(Shapes.DUMPED, stage.count())) {
      plain(items, scores);
      compressed(items, scores);
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
    if (stage.count() == Stage.YARDSTICK) {
      try (Stage few = stage.other(Shapes.DUMPED, FEW)) {
        besideOtherTools(few, scores);
      }
    }
  }

  private static void plain(Stage items, Scores scores) throws Exception {
    long count = items.count();
    Target target = items.atYardstick(Target.ratioAtMost(MOST_TIMES));
    Path file = items.newFolder("dumps").resolve(FILE);
    try (DumpStand stand = new DumpStand(items.memcached().address(), file);
        BareClient reader = new BareClient(items.memcached().port(), items.shape())) {
      scores.measure(Comparison.of("dump", Unit.SECONDS, () -> stand.dumpSeconds(count))
          .against(BARE, () -> reader.readSeconds(count))
          .target(target));
      scores.measure(bytes("its file", stand));
    }
    try (MemcachedProcess empty = items.startEmpty();
        DumpStand stand = new DumpStand(empty.address(), file);
        BareClient writer = new BareClient(empty.port(), items.shape())) {
      writer.storeSeconds(count);
      // A dump that this process has written, so that it is known to be whole.
      stand.dumpSeconds(count);
      scores.measure(
          Comparison.of("restore", Unit.SECONDS, emptied(writer, () -> stand.restoreSeconds(count)))
              .against(BARE, emptied(writer, () -> writer.storeSeconds(count)))
              .target(target));
      scores.measure(Comparison.of(
              "restore of a dump from elsewhere, which is verified first",
              Unit.SECONDS,
              emptied(writer, () -> stand.strangeRestoreSeconds(count)))
          .against(BARE, emptied(writer, () -> writer.storeSeconds(count)))
          .once());
    }
  }

  private static Probe emptied(BareClient client, Probe probe) {
    return () -> {
      client.empty();
      return probe.measure();
    };
  }

  private static Comparison bytes(String what, DumpStand stand) {
    return Comparison.of(what, Unit.BYTES, stand::bytes).once();
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
        scores.measure(bytes("its file, " + ending, stand));
      }
    }
  }

  private static void dumpOnce(Stage items, Scores scores, String what) throws IOException {
    Path file = items.newFolder("dumps").resolve(FILE);
    try (DumpStand stand = new DumpStand(items.memcached().address(), file);
        BareClient reader = new BareClient(items.memcached().port(), items.shape())) {
      scores.measure(Comparison.of(what, Unit.SECONDS, () -> stand.dumpSeconds(items.count()))
          .against(BARE, () -> reader.readSeconds(items.count()))
          .once());
      scores.measure(bytes("its file, " + items.shape(), stand));
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

  private static void besideOtherTools(Stage few, Scores scores) throws IOException {
    Path file = few.newFolder("dumps").resolve(FILE);
    String server = few.memcached().address();
    try (DumpStand stand = new DumpStand(server, file)) {
      Probe ours = () -> stand.dumpSeconds(FEW);
      beside(
          "memcached-tool dump",
          ForeignProgram.find("memcached-tool", "/usr/share/memcached/scripts")
              .map(tool -> List.of(tool, server, "dump")),
          "add ",
          ours,
          scores);
      beside(
          "memcdump, memccat",
          ForeignProgram.find("memcdump")
              .filter(dump -> ForeignProgram.find("memccat").isPresent())
              .map(dump -> List.of(
                  "bash",
                  "-c",
                  "memcdump --servers=%s | xargs memccat --servers=%1$s".formatted(server))),
          "",
          ours,
          scores);
    }
  }

  private static void beside(
      String name, Optional<List<String>> command, String itemStart, Probe ours, Scores scores) {
    Comparison comparison = Comparison.of(
            "dump of %,d of them, beside %s".formatted(FEW, name), Unit.SECONDS, ours)
        .target(Target.faster())
        .once();
    if (command.isEmpty()) {
      scores.measure(comparison);
      scores.note(name + " is not here to compare with");
      return;
    }
    long[] items = new long[1];
    scores.measure(comparison.against(
        name,
        Probe.seconds(() -> ForeignProgram.run(command.get(), line -> {
          if (line.startsWith(itemStart)) {
            items[0]++;
          }
        }))));
    scores.note("%s brought %,d of %,d items".formatted(name, items[0], FEW));
  }
}
