package org.ocmcore.cache.domain.client;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.UUID;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.key.ReservedKeys;
import org.ocmcore.cache.domain.port.CachePort;

/**
 * Lets one process at a time load a key: the one that could add another key, the lease. A lease
 * ends by itself if its process dies.
 */
final class LoadLease {
  /** A process that takes longer for a load loses its lease. */
  static final Duration LENGTH = Duration.ofSeconds(30);

  private static final String PREFIX = "load:";
  private static final int PREFIX_LENGTH = ReservedKeys.of(PREFIX).length();

  private final StoreAccess access;
  private final CacheKey key;
  private final CacheValue owner = CacheValue.ofText(UUID.randomUUID().toString());

  LoadLease(StoreAccess access, CacheKey loaded) {
    this.access = access;
    this.key = leaseKey(loaded);
  }

  private static CacheKey leaseKey(CacheKey loaded) {
    return loaded.length() + PREFIX_LENGTH <= CacheKey.MAX_BYTES
        ? ReservedKeys.of(PREFIX + loaded)
        : ReservedKeys.of(PREFIX + "sha256:" + hash(loaded));
  }

  private static String hash(CacheKey loaded) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(loaded.bytes());
      return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Whether this process may load; true too if the server cannot be reached and that is a miss. */
  boolean acquire() {
    return access.callOrMiss(
        "lease", key, () -> access.store().cache().add(key, owner, Lifetime.of(LENGTH)), true);
  }

  /**
   * Gives the lease back, unless it has passed to another process meanwhile. If that fails, it ends
   * by itself.
   */
  void release() {
    CachePort cache = access.store().cache();
    access.attempt("end of the lease", key, () -> {
      if (cache.get(key).filter(owner::equals).isPresent()) {
        cache.delete(key);
      }
    });
  }
}
