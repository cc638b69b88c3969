package org.ocmcore.cache.benchmarks.suite;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.ocmcore.cache.adapter.memcached.MemcachedServer;
import org.ocmcore.cache.benchmarks.load.ItemShape;
import org.ocmcore.cache.benchmarks.measure.BenchmarkRunner;
import org.ocmcore.cache.benchmarks.measure.Comparison;
import org.ocmcore.cache.benchmarks.measure.Measurement;
import org.ocmcore.cache.benchmarks.measure.Target;
import org.ocmcore.cache.benchmarks.measure.Unit;
import org.ocmcore.cache.benchmarks.peer.BareClient;
import org.ocmcore.cache.benchmarks.peer.ChildProcess;

/** Dumps and restores, against a bare client and against the tools that come with memcached. */
final class DumpSuite implements Suite {
  private static final Target TARGET = Target.ratioAtMost(2);
  private static final String BARE = "bare client";

  /** Few enough for tools that need minutes for a million. */
  private static final long TOOL_ITEMS = 100_000;

  @Override
  public void run(Testbed testbed, BenchmarkRunner runner) throws Exception {
    testbed.stopService();
    try (Testbed items = testbed.openAnother(ItemShape.MEDIUM, testbed.count())) {
      Path file = items.newFolder("dumps").resolve("dump.json");
      dump(items, file, runner);
      restore(items, file, runner);
    }
    if (testbed.count() == Testbed.TARGET_KEYS) {
      try (Testbed items = testbed.openAnother(ItemShape.MEDIUM, TOOL_ITEMS)) {
        againstTools(items, runner);
      }
    }
  }

  private static void dump(Testbed items, Path file, BenchmarkRunner runner) throws IOException {
    try (DumpHarness harness = new DumpHarness(items.memcached().address(), file);
        BareClient client = new BareClient(items.memcached().port(), items.shape())) {
      runner.run(Comparison.of("dump", Unit.SECONDS, () -> harness.dumpSeconds(items.count()))
          .against(BARE, () -> client.fetchSeconds(items.count()))
          .target(items.atTargetKeys(TARGET)));
      runner.run(Comparison.of("its file", Unit.BYTES, harness::dumpBytes).once());
    }
  }

  private static void restore(Testbed items, Path file, BenchmarkRunner runner) throws Exception {
    long count = items.count();
    try (MemcachedServer server = items.startMemcached();
        DumpHarness harness = new DumpHarness(server.address(), file);
        BareClient client = new BareClient(server.port(), items.shape())) {
      client.storeSeconds(count);
      // A restore verifies a dump first unless the same process made it.
      harness.dumpSeconds(count);
      runner.run(Comparison.of("restore", Unit.SECONDS, () -> {
            client.flush();
            return harness.restoreSeconds(count);
          })
          .against(BARE, () -> {
            client.flush();
            return client.storeSeconds(count);
          })
          .target(items.atTargetKeys(TARGET)));
    }
  }

  private static void againstTools(Testbed items, BenchmarkRunner runner) throws IOException {
    String server = items.memcached().address();
    String tool =
        ChildProcess.find("memcached-tool", "/usr/share/memcached/scripts").orElse("");
    againstTool(
        "memcached-tool dump",
        List.of(tool, server, "dump"),
        "add ",
        !tool.isEmpty(),
        items,
        runner);
    String pipe = "memcdump --servers=%s | xargs memccat --servers=%1$s".formatted(server);
    boolean isInstalled = ChildProcess.find("memccat", "").isPresent();
    againstTool("memcdump, memccat", List.of("sh", "-c", pipe), "", isInstalled, items, runner);
  }

  /** @param itemStart what a line starts with that the tool prints for an item */
  private static void againstTool(
      String name,
      List<String> command,
      String itemStart,
      boolean isInstalled,
      Testbed items,
      BenchmarkRunner runner)
      throws IOException {
    Path folder = items.newFolder("tool");
    try (DumpHarness harness =
        new DumpHarness(items.memcached().address(), folder.resolve("dump.json"))) {
      Comparison ours = Comparison.of(
              "dump of %,d of them, beside %s".formatted(TOOL_ITEMS, name),
              Unit.SECONDS,
              () -> harness.dumpSeconds(TOOL_ITEMS))
          .target(Target.faster())
          .once();
      if (!isInstalled) {
        runner.run(ours);
        runner.note(name + " is not installed");
        return;
      }
      long[] found = new long[1];
      runner.run(ours.against(name, Measurement.seconds(() -> {
        try (ChildProcess process = new ChildProcess(folder, command, Map.of())) {
          process.awaitSuccess();
          found[0] = process
              .output()
              .lines()
              .filter(line -> line.startsWith(itemStart))
              .count();
        }
      })));
      runner.note("%s brought %,d of %,d items".formatted(name, found[0], TOOL_ITEMS));
    }
  }
}
