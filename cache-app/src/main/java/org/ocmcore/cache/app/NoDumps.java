package org.ocmcore.cache.app;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.ocmcore.cache.domain.error.DumpFailed;
import org.ocmcore.cache.domain.error.DumpNotFound;
import org.ocmcore.cache.domain.port.DumpBytes;
import org.ocmcore.cache.domain.port.DumpHeader;
import org.ocmcore.cache.domain.port.DumpInfo;
import org.ocmcore.cache.domain.port.DumpPort;

/** No dumps: only a service keeps them. */
final class NoDumps implements DumpPort {
  @Override
  public DumpWriter create(DumpHeader header) {
    throw unavailable();
  }

  @Override
  public List<String> names() {
    return List.of();
  }

  @Override
  public DumpBytes bytes(String name) {
    throw new DumpNotFound(name);
  }

  @Override
  public void delete(String name, Optional<Instant> createdAt) {
    throw new DumpNotFound(name);
  }

  @Override
  public Scratch scratch() {
    throw unavailable();
  }

  @Override
  public String currentName() {
    throw unavailable();
  }

  @Override
  public DumpInfo describe(String name) {
    throw new DumpNotFound(name);
  }

  @Override
  public DumpReader open(String name) {
    throw new DumpNotFound(name);
  }

  @Override
  public DumpReader salvage(String name) {
    throw new DumpNotFound(name);
  }

  private static DumpFailed unavailable() {
    return new DumpFailed("no dumps are kept here");
  }
}
