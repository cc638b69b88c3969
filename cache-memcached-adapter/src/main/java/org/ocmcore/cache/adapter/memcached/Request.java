package org.ocmcore.cache.adapter.memcached;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Consumer;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.key.CacheKey;

/**
 * A single question.
 *
 * @param bytes as they are sent, all of the array
 */
record Request(Question question, byte[] bytes) {
  static Request read(CacheKey key) {
    return of(Question.READ, key.length(), line -> RequestLine.read(line, key));
  }

  static Request touch(CacheKey key, long ttl) {
    return of(Question.TOUCH, key.length(), line -> RequestLine.touch(line, key, ttl));
  }

  static Request delete(CacheKey key) {
    return of(Question.DELETE, key.length(), line -> RequestLine.delete(line, key));
  }

  static Request store(CacheKey key, CacheValue value, long ttl, boolean onlyAbsent) {
    ByteBuffer line =
        line(key.length(), out -> RequestLine.store(out, key, value, ttl, onlyAbsent));
    ByteBuffer all = ByteBuffer.allocate(line.limit() + value.length() + RequestLine.END);
    RequestLine.end(all.put(line).put(value.buffer()));
    return new Request(Question.STORE, all.array());
  }

  static Request nothing() {
    return of(Question.NOTHING, 0, RequestLine::nothing);
  }

  private static Request of(Question question, int keyLength, Consumer<ByteBuffer> writing) {
    ByteBuffer line = line(keyLength, writing);
    return new Request(question, Arrays.copyOf(line.array(), line.limit()));
  }

  private static ByteBuffer line(int keyLength, Consumer<ByteBuffer> writing) {
    ByteBuffer line = ByteBuffer.allocate(RequestLine.maxBytes(keyLength));
    writing.accept(line);
    return line.flip();
  }

  /**
   * Whether the answer is yes.
   *
   * @throws Refusal if the server refused
   * @throws Rubbish if this is no answer to this request
   */
  boolean isGranted(Answer answer) throws Refusal, Rubbish {
    return question.isGranted(answer);
  }
}
