package org.ocmcore.cache.jcache;

/** The {@code unwrap} of JCache. */
final class Unwrapping {
  private Unwrapping() {}

  /** @throws IllegalArgumentException if the object is of another type */
  static <T> T unwrap(Object object, Class<T> type) {
    if (!type.isInstance(object)) {
      throw new IllegalArgumentException("cannot unwrap as %s; this is a %s"
          .formatted(type.getTypeName(), object.getClass().getTypeName()));
    }
    return type.cast(object);
  }
}
