package org.ocmcore.cache.jcache;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.cache.Cache;

/** The entries of the keys that are still there when their turn comes. For one thread. */
final class EntryIterator<K, V> implements Iterator<Cache.Entry<K, V>> {
  private final Iterator<K> keys;
  private final Function<K, V> reader;
  private final Consumer<Cache.Entry<K, V>> onNext;
  private final Consumer<K> remover;
  private Cache.Entry<K, V> next;
  private Cache.Entry<K, V> last;

  /**
   * @param reader the value of a key, or null
   * @param onNext is given each entry that the caller gets
   * @param remover removes the entry of a key
   */
  EntryIterator(
      Iterator<K> keys,
      Function<K, V> reader,
      Consumer<Cache.Entry<K, V>> onNext,
      Consumer<K> remover) {
    this.keys = keys;
    this.reader = reader;
    this.onNext = onNext;
    this.remover = remover;
  }

  @Override
  public boolean hasNext() {
    while (next == null && keys.hasNext()) {
      K key = keys.next();
      V value = reader.apply(key);
      next = value == null ? null : new StoredEntry<>(key, value);
    }
    return next != null;
  }

  @Override
  public Cache.Entry<K, V> next() {
    if (!hasNext()) {
      throw new NoSuchElementException("there are no more entries; ask hasNext first");
    }
    last = next;
    next = null;
    onNext.accept(last);
    return last;
  }

  @Override
  public void remove() {
    if (last == null) {
      throw new IllegalStateException("there is no entry to remove; call next first");
    }
    remover.accept(last.getKey());
    last = null;
  }
}
