package org.ocmcore.cache.domain.key;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The keys that this system itself keeps in the cache: those that begin with {@value #PREFIX}. A
 * dump and the library's lists leave them out.
 */
public final class ReservedKeys {
  private static final String PREFIX = "cache-app:";
  private static final byte[] PREFIX_BYTES = PREFIX.getBytes(StandardCharsets.US_ASCII);

  /** Holds the name of the process that makes automatic dumps. */
  public static final CacheKey DUMP_LEASE = CacheKey.of(PREFIX + "lease:dump");

  private ReservedKeys() {}

  /** A reserved key with this name. */
  public static CacheKey of(String name) {
    return CacheKey.of(PREFIX + name);
  }

  /** Whether the system keeps this key for itself. */
  public static boolean contains(CacheKey key) {
    int length = PREFIX_BYTES.length;
    return key.length() > length
        && key.buffer().limit(length).equals(ByteBuffer.wrap(PREFIX_BYTES));
  }

  /** Whether the system keeps the key with these bytes for itself. */
  public static boolean contains(byte[] key) {
    int length = PREFIX_BYTES.length;
    return key.length > length && Arrays.equals(key, 0, length, PREFIX_BYTES, 0, length);
  }
}
