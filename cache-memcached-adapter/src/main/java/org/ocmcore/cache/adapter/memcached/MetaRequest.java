package org.ocmcore.cache.adapter.memcached;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.key.CacheKey;

/** One meta command, before a connection gives it an opaque. Immutable. */
final class MetaRequest {
  private final MetaCommand command;
  private final CacheKey key;
  private final LineWriter lineWriter;
  private final Optional<CacheValue> value;

  private MetaRequest(
      MetaCommand command, CacheKey key, LineWriter lineWriter, Optional<CacheValue> value) {
    this.command = command;
    this.key = key;
    this.lineWriter = lineWriter;
    this.value = value;
  }

  /** Writes the command's line. */
  @FunctionalInterface
  private interface LineWriter {
    void write(ByteBuffer out, long opaque);
  }

  static MetaRequest get(CacheKey key) {
    return of(MetaCommand.GET, key, (out, opaque) -> MetaRequestWriter.writeGet(out, key, opaque));
  }

  static MetaRequest debug(CacheKey key) {
    return of(MetaCommand.DEBUG, key, (out, opaque) -> MetaRequestWriter.writeDebug(out, key));
  }

  static MetaRequest peek(CacheKey key) {
    return of(
        MetaCommand.PEEK, key, (out, opaque) -> MetaRequestWriter.writePeek(out, key, opaque));
  }

  /** @param cas the CAS unique that the item must have, not 0 */
  static MetaRequest delete(CacheKey key, long cas) {
    return of(
        MetaCommand.DELETE_VERSION,
        key,
        (out, opaque) -> MetaRequestWriter.writeDelete(out, key, cas, opaque));
  }

  /**
   * Gives back the token of a stale item, unless the item has changed meanwhile.
   *
   * @param cas the CAS unique that the item had when the token was won, not 0
   */
  static MetaRequest returnToken(CacheKey key, long cas) {
    return of(
        MetaCommand.RETURN_TOKEN,
        key,
        (out, opaque) -> MetaRequestWriter.writeReturnToken(out, key, cas, opaque));
  }

  static MetaRequest arithmetic(CacheKey key, long delta, long ttl) {
    return of(
        MetaCommand.ARITHMETIC,
        key,
        (out, opaque) -> MetaRequestWriter.writeArithmetic(out, key, delta, ttl, opaque));
  }

  static MetaRequest touch(CacheKey key, long ttl) {
    return of(
        MetaCommand.TOUCH,
        key,
        (out, opaque) -> MetaRequestWriter.writeTouch(out, key, ttl, opaque));
  }

  static MetaRequest delete(CacheKey key) {
    return of(
        MetaCommand.DELETE,
        key,
        (out, opaque) -> MetaRequestWriter.writeDelete(out, key, false, opaque));
  }

  static MetaRequest set(CacheKey key, CacheValue value, long ttl, boolean onlyAbsent) {
    return new MetaRequest(
        MetaCommand.SET,
        key,
        (out, opaque) ->
            MetaRequestWriter.writeSet(out, key, value, ttl, onlyAbsent, false, opaque),
        Optional.of(value));
  }

  /** Stores a value if the item exists. */
  static MetaRequest setPresent(CacheKey key, CacheValue value, long ttl) {
    return new MetaRequest(
        MetaCommand.SET,
        key,
        (out, opaque) -> MetaRequestWriter.writeSetPresent(out, key, value, ttl, opaque),
        Optional.of(value));
  }

  static MetaRequest replace(CacheKey key, CacheValue value, long ttl, long cas) {
    return new MetaRequest(
        MetaCommand.REPLACE,
        key,
        (out, opaque) -> MetaRequestWriter.writeReplace(out, key, value, ttl, cas, opaque),
        Optional.of(value));
  }

  static MetaRequest noOp() {
    return of(MetaCommand.NO_OP, null, (out, opaque) -> MetaRequestWriter.writeNoOp(out));
  }

  private static MetaRequest of(MetaCommand command, CacheKey key, LineWriter lineWriter) {
    return new MetaRequest(command, key, lineWriter, Optional.empty());
  }

  /** Returns the key that the response repeats; null if there is none. */
  CacheKey key() {
    return key;
  }

  /** Returns whether the response repeats the opaque of this request. */
  boolean hasOpaque() {
    return command.hasOpaque();
  }

  /**
   * Returns the bytes to send; the array holds nothing else.
   *
   * @param opaque at least 0; ignored unless {@link #hasOpaque}
   */
  byte[] bytes(long opaque) {
    ByteBuffer line =
        ByteBuffer.allocate(MetaRequestWriter.maxBytes(key == null ? 0 : key.length()));
    lineWriter.write(line, opaque);
    line.flip();
    if (value.isEmpty()) {
      return Arrays.copyOf(line.array(), line.limit());
    }
    CacheValue content = value.get();
    ByteBuffer all =
        ByteBuffer.allocate(line.limit() + content.length() + MetaRequestWriter.LINE_END_BYTES);
    MetaRequestWriter.writeLineEnd(all.put(line).put(content.buffer()));
    return all.array();
  }

  /**
   * Returns whether the response reports success; see {@link MetaCommand#isSuccess}.
   *
   * @throws ServerErrorException if the server reports an error
   * @throws ProtocolException if this command cannot have this response
   */
  boolean isSuccess(MetaResponse response) throws ServerErrorException, ProtocolException {
    return command.isSuccess(response);
  }
}
