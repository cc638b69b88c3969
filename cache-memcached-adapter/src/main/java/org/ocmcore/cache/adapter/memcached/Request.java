package org.ocmcore.cache.adapter.memcached;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.key.CacheKey;

/** A single question, before it has a number on a connection. */
final class Request {
  private final Question question;
  private final int keyLength;
  private final Line line;
  private final Optional<CacheValue> value;

  private Request(Question question, int keyLength, Line line, Optional<CacheValue> value) {
    this.question = question;
    this.keyLength = keyLength;
    this.line = line;
    this.value = value;
  }

  /** Writes the line of a request. */
  @FunctionalInterface
  private interface Line {
    void write(ByteBuffer out, long number);
  }

  static Request read(CacheKey key) {
    return of(Question.READ, key.length(), (out, number) -> RequestLine.read(out, key, number));
  }

  static Request touch(CacheKey key, long ttl) {
    return of(
        Question.TOUCH, key.length(), (out, number) -> RequestLine.touch(out, key, ttl, number));
  }

  static Request delete(CacheKey key) {
    return of(Question.DELETE, key.length(), (out, number) -> RequestLine.delete(out, key, number));
  }

  static Request store(CacheKey key, CacheValue value, long ttl, boolean onlyAbsent) {
    return new Request(
        Question.STORE,
        key.length(),
        (out, number) -> RequestLine.store(out, key, value, ttl, onlyAbsent, number),
        Optional.of(value));
  }

  static Request nothing() {
    return of(Question.NOTHING, 0, (out, number) -> RequestLine.nothing(out));
  }

  private static Request of(Question question, int keyLength, Line line) {
    return new Request(question, keyLength, line, Optional.empty());
  }

  /** Whether its answer repeats the number under which it was sent. */
  boolean isNumbered() {
    return question.isNumbered();
  }

  /**
   * The bytes to send, all of the array.
   *
   * @param number at least 0; ignored unless the request {@link #isNumbered}
   */
  byte[] bytes(long number) {
    ByteBuffer head = ByteBuffer.allocate(RequestLine.maxBytes(keyLength));
    line.write(head, number);
    head.flip();
    if (value.isEmpty()) {
      return Arrays.copyOf(head.array(), head.limit());
    }
    CacheValue body = value.get();
    ByteBuffer all = ByteBuffer.allocate(head.limit() + body.length() + RequestLine.END);
    RequestLine.end(all.put(head).put(body.buffer()));
    return all.array();
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
