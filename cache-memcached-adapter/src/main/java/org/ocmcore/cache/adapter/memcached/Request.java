package org.ocmcore.cache.adapter.memcached;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.util.Base64;
import org.ocmcore.cache.adapter.memcached.Answer.Status;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.key.CacheKey;

/**
 * A meta command, with the two answers it can have (memcached doc/protocol.txt, "Meta Commands").
 * Keys go raw unless they need encoding: in base64 a long one would be too long for the server.
 *
 * @param bytes as they are sent
 * @param yes if there was such a key, or the value was stored
 * @param no if not
 */
record Request(byte[] bytes, Status yes, Status no) {
  /** Value, flags and what is left of the lifetime. */
  static Request read(CacheKey key) {
    return new Request(line("mg ", key, " f t v").toByteArray(), Status.VALUE, Status.MISS);
  }

  static Request touch(CacheKey key, long ttl) {
    return new Request(line("mg ", key, " T" + ttl).toByteArray(), Status.DONE, Status.MISS);
  }

  static Request delete(CacheKey key) {
    return new Request(line("md ", key, "").toByteArray(), Status.DONE, Status.NOT_FOUND);
  }

  static Request store(CacheKey key, CacheValue value, long ttl, boolean onlyAbsent) {
    String flags =
        " %d F%d T%d %s".formatted(value.length(), value.flags(), ttl, onlyAbsent ? "ME" : "MS");
    ByteArrayOutputStream out = line("ms ", key, flags);
    out.writeBytes(value.bytes());
    out.writeBytes("\r\n".getBytes(ISO_8859_1));
    return new Request(out.toByteArray(), Status.DONE, Status.NOT_STORED);
  }

  private static ByteArrayOutputStream line(String command, CacheKey key, String flags) {
    boolean encoded = key.needsEncoding();
    ByteArrayOutputStream out = new ByteArrayOutputStream(64);
    out.writeBytes(command.getBytes(ISO_8859_1));
    out.writeBytes(encoded ? Base64.getEncoder().encode(key.bytes()) : key.bytes());
    out.writeBytes((flags + (encoded ? " b\r\n" : "\r\n")).getBytes(ISO_8859_1));
    return out;
  }

  /**
   * Whether the answer is yes.
   *
   * @throws Refusal if the server refused
   * @throws Rubbish if this is no answer to this request
   */
  boolean isGranted(Answer answer) throws Refusal, Rubbish {
    if (answer.status() == yes) {
      return true;
    }
    if (answer.status() == no) {
      return false;
    }
    if (answer.status() == Status.REFUSED) {
      throw Refusal.saying(answer.line());
    }
    throw Rubbish.of(answer.line());
  }
}
