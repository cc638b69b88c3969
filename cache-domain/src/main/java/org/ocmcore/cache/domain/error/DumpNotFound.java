package org.ocmcore.cache.domain.error;

/** There is no dump of this name. */
public final class DumpNotFound extends CacheException {
  private static final long serialVersionUID = 1;

  public DumpNotFound(String name) {
    super("Dump '" + name + "' not found");
  }
}
