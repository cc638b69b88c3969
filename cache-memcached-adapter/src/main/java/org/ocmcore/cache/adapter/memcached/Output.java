package org.ocmcore.cache.adapter.memcached;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.key.CacheKey;

/**
 * Requests on their way to a server. It holds 64 KiB of them at most, and only a part of a value
 * that is larger. For one thread at a time.
 */
final class Output {
  private static final int CAPACITY = 64 * 1024;
  private static final ByteBuffer NO_BODY = ByteBuffer.allocate(0);

  private final ByteBuffer taken = ByteBuffer.allocate(CAPACITY);

  /** The same bytes, from what is to be sent next. */
  private final ByteBuffer unsent = taken.duplicate().limit(0);

  private final RequestNumbers numbers;
  private ByteBuffer body = NO_BODY;
  private boolean bodyIsOpen;
  private long length;
  private long asked;
  private long sent;
  private long lastNumber;

  /** @param numbers of the connection that it is for */
  Output(RequestNumbers numbers) {
    this.numbers = numbers;
  }

  /** Where the bytes go. */
  @FunctionalInterface
  interface Sink {
    /** Takes some of the bytes, maybe none; returns how many. */
    int write(ByteBuffer bytes) throws IOException;
  }

  /** Whether a request can be added. */
  boolean hasRoom() {
    return !bodyIsOpen && taken.remaining() >= MetaRequestWriter.MAX_BYTES;
  }

  void read(CacheKey key) {
    int start = taken.position();
    MetaRequestWriter.read(taken, key, number());
    count(start);
  }

  void find(CacheKey key) {
    int start = taken.position();
    MetaRequestWriter.find(taken, key);
    lastNumber = MetaResponseParser.UNNUMBERED;
    count(start);
  }

  void touch(CacheKey key, long ttl) {
    int start = taken.position();
    MetaRequestWriter.touch(taken, key, ttl, number());
    count(start);
  }

  void delete(CacheKey key) {
    int start = taken.position();
    MetaRequestWriter.delete(taken, key, number());
    count(start);
  }

  void store(CacheKey key, CacheValue value, long ttl, boolean onlyAbsent) {
    int start = taken.position();
    MetaRequestWriter.store(taken, key, value, ttl, onlyAbsent, number());
    count(start);
    length += value.length() + MetaRequestWriter.END;
    body = value.buffer();
    bodyIsOpen = true;
    takeBody();
  }

  void nothing() {
    int start = taken.position();
    MetaRequestWriter.nothing(taken);
    lastNumber = MetaResponseParser.UNNUMBERED;
    count(start);
  }

  private long number() {
    lastNumber = numbers.next();
    return lastNumber;
  }

  /** What the answer to the last request repeats, or {@link MetaResponseParser#UNNUMBERED}. */
  long lastNumber() {
    return lastNumber;
  }

  private void count(int start) {
    length += taken.position() - start;
    asked = length;
  }

  private void takeBody() {
    int part = Math.min(body.remaining(), taken.remaining());
    taken.put(body.slice(body.position(), part));
    body.position(body.position() + part);
    if (!body.hasRemaining() && taken.remaining() >= MetaRequestWriter.END) {
      MetaRequestWriter.end(taken);
      body = NO_BODY;
      bodyIsOpen = false;
    }
  }

  /**
   * Where the line of the last request ends, counted in bytes from the first request ever. The
   * server may answer as soon as it has that: it need not wait for a value that it will not store.
   */
  long asked() {
    return asked;
  }

  /** How many bytes have been sent. */
  long sent() {
    return sent;
  }

  /** Whether all has been sent. */
  boolean isEmpty() {
    return sent == length;
  }

  /** Sends what the sink takes; returns how many bytes. */
  int send(Sink sink) throws IOException {
    int total = 0;
    while (!isEmpty()) {
      unsent.limit(taken.position());
      int count = sink.write(unsent);
      sent += count;
      total += count;
      makeRoom();
      if (count == 0) {
        return total;
      }
    }
    return total;
  }

  private void makeRoom() {
    if (!unsent.hasRemaining()) {
      taken.clear();
      unsent.position(0).limit(0);
    } else if (unsent.position() > CAPACITY / 2) {
      int left = unsent.remaining();
      unsent.compact().position(0).limit(left);
      taken.position(left);
    }
    if (bodyIsOpen) {
      takeBody();
    }
  }
}
