package org.ocmcore.cache.domain.query;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.index.KeyCursor;
import org.ocmcore.cache.domain.index.KeyIndex;
import org.ocmcore.cache.domain.key.KeyRange;

/**
 * Keys that were found. It reads them from the index during iteration and uses at most 8 bytes for
 * each. All are as of the same moment. Immutable; each iteration is for one thread.
 */
public final class FoundKeys implements Iterable<KeyInfo> {
  private final Supplier<KeyCursor> cursors;

  /** The positions of the keys; null if they are the first that a cursor visits. */
  private final List<Positions> places;

  private final long size;

  private FoundKeys(Supplier<KeyCursor> cursors, List<Positions> places, long size) {
    this.cursors = cursors;
    this.places = places;
    this.size = size;
  }

  /** Every key of an index that has not expired at this time. */
  public static FoundKeys all(KeyIndex index, Instant now) {
    return first(
        () -> index.cursor(KeyRange.ALL, now), index.sum(KeyRange.ALL, now).keys());
  }

  /** The first keys that these cursors visit; there must be as many. */
  static FoundKeys first(Supplier<KeyCursor> cursors, long size) {
    return new FoundKeys(cursors, null, size);
  }

  /** The keys at these positions. */
  static FoundKeys at(Supplier<KeyCursor> cursors, List<Positions> places) {
    List<Positions> filled =
        places.stream().filter(positions -> positions.size() > 0).toList();
    return new FoundKeys(
        cursors, filled, filled.stream().mapToLong(Positions::size).sum());
  }

  /** The first keys, at most this number. */
  public FoundKeys limitedTo(long most) {
    return most < size ? new FoundKeys(cursors, places, most) : this;
  }

  /** The first keys whose items have no more than these bytes together. */
  public List<KeyInfo> upTo(long bytes) {
    List<KeyInfo> first = new ArrayList<>();
    long sum = 0;
    for (KeyInfo key : this) {
      sum += key.size();
      if (sum > bytes) {
        break;
      }
      first.add(key);
    }
    return first;
  }

  /** The last key. */
  Optional<KeyInfo> last() {
    KeyIterator steps = new KeyIterator();
    if (places != null) {
      steps.skipTo(size - 1);
    }
    while (steps.next()) {
      if (steps.done == size) {
        return Optional.of(steps.cursor.info());
      }
    }
    return Optional.empty();
  }

  /** The number of keys. */
  public long size() {
    return size;
  }

  public boolean isEmpty() {
    return size == 0;
  }

  /** Shows each key to a visitor. The visitor must not move the cursor. */
  public void visit(Consumer<? super KeyCursor> visitor) {
    KeyIterator steps = new KeyIterator();
    while (steps.next()) {
      visitor.accept(steps.cursor);
    }
  }

  @Override
  public Iterator<KeyInfo> iterator() {
    KeyIterator steps = new KeyIterator();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return steps.done < size;
      }

      @Override
      public KeyInfo next() {
        if (!steps.next()) {
          throw new NoSuchElementException();
        }
        return steps.cursor.info();
      }
    };
  }

  /** A stream of the keys. */
  public Stream<KeyInfo> stream() {
    return StreamSupport.stream(spliterator(), false);
  }

  /** One iteration. */
  private final class KeyIterator {
    private final KeyCursor cursor = cursors.get();
    private long done;
    private int part;
    private long partDone;

    void skipTo(long index) {
      while (done < index) {
        long some = Math.min(index - done, places.get(part).size());
        done += some;
        partDone = some;
        if (done < index) {
          part++;
        }
      }
    }

    boolean next() {
      if (done == size) {
        return false;
      }
      done++;
      if (places == null) {
        return cursor.next();
      }
      if (partDone == places.get(part).size()) {
        part++;
        partDone = 0;
      }
      cursor.goTo(places.get(part).get(partDone++));
      return true;
    }
  }
}
