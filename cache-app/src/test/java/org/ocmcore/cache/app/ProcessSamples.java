package org.ocmcore.cache.app;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a Java process holds over time: heap after a collection, threads, file descriptors. */
final class ProcessSamples {
  /** The bytes of all live objects, at the moment of a collection of garbage. */
  private static final Pattern LIVE = Pattern.compile("Total\\s+\\d+\\s+(\\d+)");

  private static final String HEAP = "live heap, KiB";
  private static final String THREADS = "threads";
  private static final String DESCRIPTORS = "file descriptors";

  /** By how much a median may exceed the one before: what comes and goes with the work. */
  private static final Map<String, Long> SLACK =
      Map.of(HEAP, 6_000L, THREADS, 12L, DESCRIPTORS, 12L);

  private final long pid;
  private final Map<String, List<Long>> samples = new LinkedHashMap<>();

  ProcessSamples(long pid) {
    this.pid = pid;
  }

  void take() throws IOException {
    Path process = Path.of("/proc", String.valueOf(pid));
    Matcher live = LIVE.matcher(jcmd("GC.class_histogram"));
    if (!live.find()) {
      throw new IOException("the heap of the service is unknown");
    }
    add(HEAP, Long.parseLong(live.group(1)) / 1_024);
    try (Stream<Path> threads = Files.list(process.resolve("task"));
        Stream<Path> descriptors = Files.list(process.resolve("fd"))) {
      add(THREADS, threads.count());
      add(DESCRIPTORS, descriptors.count());
    }
  }

  /** Adds a sample of one kind. */
  void add(String kind, long sample) {
    samples.computeIfAbsent(kind, any -> new ArrayList<>()).add(sample);
  }

  private String jcmd(String command) throws IOException {
    Process jcmd = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
            String.valueOf(pid),
            command)
        .redirectErrorStream(true)
        .start();
    return new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  /** Returns the kinds whose median in the last third exceeds the one in the second third. */
  List<String> growing() {
    return samples.keySet().stream()
        .filter(kind -> third(kind, 2) > third(kind, 1) + SLACK.get(kind))
        .toList();
  }

  /** Returns the median of a third of the samples. */
  private long third(String kind, int third) {
    List<Long> all = samples.get(kind);
    List<Long> part = all.subList(all.size() * third / 3, all.size() * (third + 1) / 3).stream()
        .sorted()
        .toList();
    return part.isEmpty() ? 0 : part.get(part.size() / 2);
  }

  String table() {
    StringBuilder table =
        new StringBuilder("%-24s %12s %12s%n".formatted("median", "second third", "last third"));
    samples
        .keySet()
        .forEach(kind ->
            table.append("%-24s %,12d %,12d%n".formatted(kind, third(kind, 1), third(kind, 2))));
    return table.toString();
  }
}
