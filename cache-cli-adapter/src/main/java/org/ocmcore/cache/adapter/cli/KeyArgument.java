package org.ocmcore.cache.adapter.cli;

import org.ocmcore.cache.domain.key.CacheKey;

/** A key as an argument. */
final class KeyArgument {
  private KeyArgument() {}

  /** @throws WrongUsage if no server holds such a key; says why */
  static CacheKey parse(String text) {
    try {
      return CacheKey.of(text);
    } catch (IllegalArgumentException e) {
      throw new WrongUsage("KEY is \"%s\": %s".formatted(text, e.getMessage()));
    }
  }
}
