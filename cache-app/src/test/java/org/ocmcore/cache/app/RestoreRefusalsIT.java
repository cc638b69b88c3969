package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ocmcore.cache.adapter.memcached.MemcachedServer;

/** The account of a restore says how many refusals it does not list. */
class RestoreRefusalsIT {
  @TempDir
  Path folder;

  @Test
  void aListThatIsCutSaysSo() throws IOException {
    String value = "x".repeat(20_000);
    Path file = Files.writeString(
        folder.resolve("large.csv"),
        IntStream.range(0, 150)
            .mapToObj(i -> "k" + i + "," + value + "\n")
            .collect(Collectors.joining("", "key,value\n", "")));
    try (MemcachedServer server = MemcachedServer.start("-o", "slab_chunk_max=8", "-I", "16k")) {
      TypedCommand command = new TypedCommand()
          .with("CACHE_ENVIRONMENT", "development")
          .with("MEMCACHED_SERVERS", server.address());
      assertEquals(4, command.execute("restore", file.toString()), command::err);
      long listed =
          command.out().lines().filter(line -> line.startsWith("not stored: k")).count();
      assertTrue(
          command.out().contains("\nnot stored: %d more\n".formatted(150 - listed)), command.out());
      assertTrue(listed > 0 && listed < 150, command.out());
    }
  }
}
