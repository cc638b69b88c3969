package org.ocmcore.cache.domain.client;

/** A loader threw an exception, which is the cause. Every caller that waited for it gets this. */
public final class LoadFailed extends RuntimeException {
  private static final long serialVersionUID = 1;

  LoadFailed(String key, Throwable cause) {
    super("the loader of key '%s' failed: %s".formatted(key, cause), cause);
  }
}
