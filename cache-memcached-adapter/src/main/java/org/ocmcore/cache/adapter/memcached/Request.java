package org.ocmcore.cache.adapter.memcached;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Consumer;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.key.CacheKey;

/**
 * A single question.
 *
 * @param bytes as they are sent
 */
record Request(Question question, byte[] bytes) {
  static Request read(CacheKey key) {
    return of(Question.READ, 0, out -> RequestLine.read(out, key));
  }

  static Request touch(CacheKey key, long ttl) {
    return of(Question.TOUCH, 0, out -> RequestLine.touch(out, key, ttl));
  }

  static Request delete(CacheKey key) {
    return of(Question.DELETE, 0, out -> RequestLine.delete(out, key));
  }

  static Request store(CacheKey key, CacheValue value, long ttl, boolean onlyAbsent) {
    return of(Question.STORE, value.length() + 2, out -> {
      RequestLine.store(out, key, value, ttl, onlyAbsent);
      RequestLine.end(out.put(value.buffer()));
    });
  }

  static Request nothing() {
    return of(Question.NOTHING, 0, RequestLine::nothing);
  }

  private static Request of(Question question, int body, Consumer<ByteBuffer> writing) {
    ByteBuffer out = ByteBuffer.allocate(RequestLine.MAX_BYTES + body);
    writing.accept(out);
    return new Request(question, Arrays.copyOf(out.array(), out.position()));
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
