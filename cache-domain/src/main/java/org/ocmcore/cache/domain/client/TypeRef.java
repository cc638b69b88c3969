package org.ocmcore.cache.domain.client;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;

/**
 * A type with its type arguments: {@code new TypeRef<List<User>>() {}}. Keep it in a constant.
 *
 * @param <T> the type
 */
public abstract class TypeRef<T> {
  private final Type type;

  /** @throws IllegalStateException if the subclass names no type */
  protected TypeRef() {
    if (!(getClass().getGenericSuperclass() instanceof ParameterizedType named)) {
      throw new IllegalStateException("write new TypeRef<List<User>>() {}, with the type");
    }
    type = named.getActualTypeArguments()[0];
  }

  /** The type. */
  public final Type type() {
    return type;
  }
}
