package org.ocmcore.cache.jcache;

import java.util.Collection;
import javax.cache.CacheException;

/** Objects of the application that JCache closes with its cache. */
final class Resources {
  private Resources() {}

  /**
   * Closes those that can be closed, also if one of them fails.
   *
   * @throws CacheException if one failed
   */
  static void close(Collection<?> objects) {
    CacheException failure = null;
    for (Object object : objects) {
      if (object instanceof AutoCloseable closeable) {
        try {
          closeable.close();
        } catch (Exception e) {
          CacheException failed = new CacheException(
              "a %s cannot be closed".formatted(object.getClass().getTypeName()), e);
          if (failure == null) {
            failure = failed;
          } else {
            failure.addSuppressed(failed);
          }
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
