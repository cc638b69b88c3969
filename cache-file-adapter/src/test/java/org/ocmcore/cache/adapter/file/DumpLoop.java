package org.ocmcore.cache.adapter.file;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.port.DumpPort.Scratch;

/** A program that writes dumps until it is killed, prints their numbers, and keeps three. */
final class DumpLoop {
  private DumpLoop() {}

  public static void main(String[] arguments) {
    FileDumps dumps = new FileDumps(Path.of(arguments[0]));
    for (int generation = Integer.parseInt(arguments[1]); ; generation++) {
      try (Scratch scratch = dumps.scratch()) {
        scratch.write(new byte[1_000], 1_000);
        DumpFiles.write(dumps, Instant.now(), entries(generation));
      }
      System.out.println(generation);
      List<String> names = dumps.names();
      names.subList(Math.min(3, names.size()), names.size()).forEach(dumps::delete);
    }
  }

  private static List<CacheEntry> entries(int generation) {
    List<CacheEntry> entries = new ArrayList<>();
    for (int i = 0; i < 2000; i++) {
      entries.add(DumpFiles.entry("key:" + i, Integer.toString(generation)));
    }
    return entries;
  }
}
