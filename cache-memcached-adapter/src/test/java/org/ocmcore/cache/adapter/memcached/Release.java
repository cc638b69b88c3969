package org.ocmcore.cache.adapter.memcached;

import java.nio.file.Files;
import java.nio.file.Path;

/** The memcached releases that the tests run on. */
public enum Release {
  /** The release that the system has installed. */
  INSTALLED {
    @Override
    String program() {
      return "memcached";
    }
  },
  /** The release that {@code bin/fetch-memcached} downloads. */
  NEWER {
    @Override
    String program() {
      Path program = Path.of("..", "target", "memcached-newer", "memcached").toAbsolutePath();
      if (!Files.isExecutable(program)) {
        throw new IllegalStateException(
            "these tests need a newer memcached: run bin/fetch-memcached");
      }
      return program.normalize().toString();
    }
  };

  abstract String program();
}
