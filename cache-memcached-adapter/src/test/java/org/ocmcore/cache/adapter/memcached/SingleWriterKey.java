package org.ocmcore.cache.adapter.memcached;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongConsumer;
import java.util.zip.CRC32;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.key.CacheKey;

/**
 * A key that one thread changes and any thread reads, and which of its values may be read. The
 * changes are numbered. A change that failed may still happen later, at any time.
 */
public final class SingleWriterKey {
  private final CacheKey key;
  private final Set<Long> doubtful = ConcurrentHashMap.newKeySet();
  private volatile long begun;
  private volatile long confirmed;

  /** The name has a checksum, so that a damaged name is not the name of another key. */
  public SingleWriterKey(int number) {
    CRC32 crc = new CRC32();
    crc.update(number);
    crc.update(number >> 8);
    key = CacheKey.of("key:" + number + ":" + Long.toHexString(crc.getValue()));
  }

  public CacheKey key() {
    return key;
  }

  /** Returns the number of the last change that was confirmed. */
  public long confirmed() {
    return confirmed;
  }

  /** Begins a change and returns its number. Only for the thread that changes the key. */
  public long begin() {
    long sequence = begun + 1;
    doubtful.add(sequence);
    begun = sequence;
    return sequence;
  }

  /** Ends the change with success. A change that is only begun counts as failed. */
  public void confirm(long sequence) {
    confirmed = sequence;
    doubtful.remove(sequence);
  }

  /** Makes a change; it is confirmed unless the call fails. */
  public void change(LongConsumer call) throws StoreUnavailable {
    long sequence = begin();
    call.accept(sequence);
    confirm(sequence);
  }

  /** How a value that was read is wrong. */
  public enum Verdict {
    RIGHT,
    /** Its checksum is wrong: it was damaged on the wire. */
    DAMAGED,
    /** It was replaced or deleted, and that was confirmed, before the read began. */
    OLD,
    /** It belongs to another key, or nobody has written it. */
    FOREIGN
  }

  /** @param before {@link #confirmed} when the read began */
  public Verdict judge(CacheValue value, long before) {
    Optional<SealedValue> sealed = SealedValue.of(value);
    if (sealed.isEmpty()) {
      return Verdict.DAMAGED;
    }
    long sequence = sealed.get().sequence();
    if (!sealed.get().key().equals(key.toString()) || sequence > begun || sequence < 1) {
      return Verdict.FOREIGN;
    }
    return sequence >= before || doubtful.contains(sequence) ? Verdict.RIGHT : Verdict.OLD;
  }
}
