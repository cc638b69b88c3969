package org.ocmcore.cache.adapter.memcached;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.key.CacheKey;

/** A single question, before it has a number on a connection. */
final class MetaRequest {
  private final MetaCommand question;
  private final int keyLength;
  private final Line line;
  private final Optional<CacheValue> value;

  private MetaRequest(MetaCommand question, int keyLength, Line line, Optional<CacheValue> value) {
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

  static MetaRequest read(CacheKey key) {
    return of(
        MetaCommand.READ, key.length(), (out, number) -> MetaRequestWriter.read(out, key, number));
  }

  static MetaRequest touch(CacheKey key, long ttl) {
    return of(
        MetaCommand.TOUCH,
        key.length(),
        (out, number) -> MetaRequestWriter.touch(out, key, ttl, number));
  }

  static MetaRequest delete(CacheKey key) {
    return of(
        MetaCommand.DELETE,
        key.length(),
        (out, number) -> MetaRequestWriter.delete(out, key, number));
  }

  static MetaRequest store(CacheKey key, CacheValue value, long ttl, boolean onlyAbsent) {
    return new MetaRequest(
        MetaCommand.STORE,
        key.length(),
        (out, number) -> MetaRequestWriter.store(out, key, value, ttl, onlyAbsent, number),
        Optional.of(value));
  }

  static MetaRequest nothing() {
    return of(MetaCommand.NOTHING, 0, (out, number) -> MetaRequestWriter.nothing(out));
  }

  private static MetaRequest of(MetaCommand question, int keyLength, Line line) {
    return new MetaRequest(question, keyLength, line, Optional.empty());
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
    ByteBuffer head = ByteBuffer.allocate(MetaRequestWriter.maxBytes(keyLength));
    line.write(head, number);
    head.flip();
    if (value.isEmpty()) {
      return Arrays.copyOf(head.array(), head.limit());
    }
    CacheValue body = value.get();
    ByteBuffer all = ByteBuffer.allocate(head.limit() + body.length() + MetaRequestWriter.END);
    MetaRequestWriter.end(all.put(head).put(body.buffer()));
    return all.array();
  }

  /**
   * Whether the answer is yes.
   *
   * @throws ServerErrorException if the server refused
   * @throws ProtocolException if this is no answer to this request
   */
  boolean isGranted(MetaResponse answer) throws ServerErrorException, ProtocolException {
    return question.isGranted(answer);
  }
}
