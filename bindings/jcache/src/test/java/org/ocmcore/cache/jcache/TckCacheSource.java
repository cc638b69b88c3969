package org.ocmcore.cache.jcache;

import java.net.URI;
import java.util.Properties;
import org.ocmcore.cache.adapter.memory.MemoryStore;
import org.ocmcore.cache.domain.client.Cache;

/** Gives every CacheManager of the TCK an empty store in this process. */
public final class TckCacheSource implements CacheSource {
  @Override
  public JCacheSettings open(URI uri, Properties properties) {
    return JCacheSettings.of(Cache.builder(MemoryStore.open()).build(), new TckCodec())
        .withKeys(new TckKeys());
  }
}
