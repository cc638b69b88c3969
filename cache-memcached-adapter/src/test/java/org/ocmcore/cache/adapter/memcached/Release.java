package org.ocmcore.cache.adapter.memcached;

import java.nio.file.Files;
import java.nio.file.Path;

/** The releases of memcached that the tests run against. */
public enum Release {
  /** The one that the system has. */
  INSTALLED {
    @Override
    String program() {
      return "memcached";
    }
  },
  /** The one that {@code bin/fetch-memcached} brings. */
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
