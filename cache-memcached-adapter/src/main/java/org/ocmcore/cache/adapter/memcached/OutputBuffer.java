package org.ocmcore.cache.adapter.memcached;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.key.CacheKey;

/**
 * Requests that wait to be sent, at most 64 KiB of them. Of a larger value it holds only the part
 * that is sent next. For one thread at a time.
 */
final class OutputBuffer {
  private static final int CAPACITY = 64 * 1024;
  private static final ByteBuffer NO_VALUE = ByteBuffer.allocate(0);

  private final ByteBuffer buffer = ByteBuffer.allocate(CAPACITY);

  /** The same bytes; its position is the next byte to send. */
  private final ByteBuffer unsent = buffer.duplicate().limit(0);

  private final OpaqueCounter opaques;
  private ByteBuffer value = NO_VALUE;
  private boolean isValuePending;
  private long appended;
  private long lastRequestEnd;
  private long sent;
  private long lastOpaque;
  private CacheKey lastKey;
  private boolean isQuiet;

  /** @param opaques the counter of the connection */
  OutputBuffer(OpaqueCounter opaques) {
    this.opaques = opaques;
  }

  /** Where the bytes go, such as a channel. */
  @FunctionalInterface
  interface Sink {
    /** Takes some of the bytes, or none, and returns their number. */
    int write(ByteBuffer bytes) throws IOException;
  }

  /** Returns whether another request can be appended. */
  boolean hasRoom() {
    return !isValuePending && buffer.remaining() >= MetaRequestWriter.MAX_BYTES;
  }

  /**
   * Sets whether the server shall answer the stores and deletions that are appended from now on
   * only if they fail (memcached doc/protocol.txt, flag {@code q}). Other requests are answered in
   * any case.
   */
  void setQuiet(boolean quiet) {
    isQuiet = quiet;
  }

  void appendGet(CacheKey key) {
    int start = buffer.position();
    MetaRequestWriter.writeGet(buffer, key, repeat(key));
    countLine(start);
  }

  void appendDebug(CacheKey key) {
    int start = buffer.position();
    MetaRequestWriter.writeDebug(buffer, key);
    repeatNothing();
    countLine(start);
  }

  void appendTouch(CacheKey key, long ttl) {
    int start = buffer.position();
    MetaRequestWriter.writeTouch(buffer, key, ttl, repeat(key));
    countLine(start);
  }

  void appendReturnToken(CacheKey key, long cas) {
    int start = buffer.position();
    MetaRequestWriter.writeReturnToken(buffer, key, cas, repeat(key));
    countLine(start);
  }

  void appendDelete(CacheKey key) {
    int start = buffer.position();
    MetaRequestWriter.writeDelete(buffer, key, isQuiet, repeat(key));
    countLine(start);
  }

  void appendSet(CacheKey key, CacheValue cacheValue, long ttl, boolean onlyAbsent) {
    int start = buffer.position();
    MetaRequestWriter.writeSet(buffer, key, cacheValue, ttl, onlyAbsent, isQuiet, repeat(key));
    countLine(start);
    appended += cacheValue.length() + MetaRequestWriter.LINE_END_BYTES;
    if (cacheValue.length() + MetaRequestWriter.LINE_END_BYTES <= buffer.remaining()) {
      cacheValue.appendTo(buffer);
      MetaRequestWriter.writeLineEnd(buffer);
    } else {
      value = cacheValue.buffer();
      isValuePending = true;
      copyValue();
    }
  }

  void appendNoOp() {
    int start = buffer.position();
    MetaRequestWriter.writeNoOp(buffer);
    repeatNothing();
    countLine(start);
  }

  /** Returns a new opaque, which the response repeats with this key. */
  private long repeat(CacheKey key) {
    lastKey = key;
    lastOpaque = opaques.next();
    return lastOpaque;
  }

  private void repeatNothing() {
    lastKey = null;
    lastOpaque = MetaResponseParser.NO_OPAQUE;
  }

  /** Returns the key that the response to the last request repeats, or null. */
  CacheKey lastKey() {
    return lastKey;
  }

  /** Returns the opaque of the last request, or {@link MetaResponseParser#NO_OPAQUE}. */
  long lastOpaque() {
    return lastOpaque;
  }

  private void countLine(int start) {
    appended += buffer.position() - start;
    lastRequestEnd = appended;
  }

  private void copyValue() {
    int part = Math.min(value.remaining(), buffer.remaining());
    buffer.put(value.slice(value.position(), part));
    value.position(value.position() + part);
    if (!value.hasRemaining() && buffer.remaining() >= MetaRequestWriter.LINE_END_BYTES) {
      MetaRequestWriter.writeLineEnd(buffer);
      value = NO_VALUE;
      isValuePending = false;
    }
  }

  /**
   * Returns where the line of the last request ends, in bytes since the first request. The server
   * may respond from there on: it need not wait for a value that it will not store.
   */
  long lastRequestEnd() {
    return lastRequestEnd;
  }

  /** Returns the number of bytes sent since the first request. */
  long sent() {
    return sent;
  }

  /** Returns whether every byte is sent. */
  boolean isEmpty() {
    return sent == appended;
  }

  /** Sends what the sink takes and returns the number of bytes. */
  int send(Sink sink) throws IOException {
    int total = 0;
    while (!isEmpty()) {
      unsent.limit(buffer.position());
      int count = sink.write(unsent);
      sent += count;
      total += count;
      discardSent();
      if (count == 0) {
        return total;
      }
    }
    return total;
  }

  private void discardSent() {
    if (!unsent.hasRemaining()) {
      buffer.clear();
      unsent.position(0).limit(0);
    } else if (unsent.position() > CAPACITY / 2) {
      int left = unsent.remaining();
      unsent.compact().position(0).limit(left);
      buffer.position(left);
    }
    if (isValuePending) {
      copyValue();
    }
  }
}
