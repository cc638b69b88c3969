package org.ocmcore.cache.benchmarks.suite;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.ocmcore.cache.benchmarks.load.Shapes;
import org.ocmcore.cache.benchmarks.measure.Comparison;
import org.ocmcore.cache.benchmarks.measure.Probe;
import org.ocmcore.cache.benchmarks.measure.Scores;
import org.ocmcore.cache.benchmarks.measure.Target;
import org.ocmcore.cache.benchmarks.measure.Unit;
import org.ocmcore.cache.benchmarks.peer.BareClient;
import org.ocmcore.cache.benchmarks.peer.ForeignProgram;
import org.ocmcore.cache.benchmarks.peer.MemcachedProcess;

/** Dumps and restores, beside a bare client that reads and stores the same. */
final class DumpSuite implements Suite {
  private static final double MOST_TIMES = 2;
  private static final String BARE = DumpStand.BARE;
  private static final String FILE = DumpStand.FILE;

  /** So many items are enough for tools that take minutes for a million. */
  private static final long FEW = 100_000;

  @Override
  public void run(Stage stage, Scores scores) throws Exception {
    stage.closeService();
    try (Stage items = stage.other(Shapes.DUMPED, stage.count())) {
      plain(items, scores);
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
      scores.measure(stand.size("its file"));
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
    }
  }

  /** As it is on a server that has nothing. */
  static Probe emptied(BareClient client, Probe probe) {
    return () -> {
      client.empty();
      return probe.measure();
    };
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
