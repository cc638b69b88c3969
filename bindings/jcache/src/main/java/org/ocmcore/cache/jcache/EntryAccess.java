package org.ocmcore.cache.jcache;

/** How the entries of a JCache are read, changed, loaded and counted. For any number of threads. */
record EntryAccess<K, V>(
    EntryStore<K, V> store,
    EntryChanges<K, V> changes,
    CacheLoading<K, V> loading,
    Statistics statistics) {}
