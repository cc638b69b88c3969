package org.ocmcore.cache.jcache;

import javax.cache.Cache;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.configuration.CompleteConfiguration;
import javax.cache.configuration.Configuration;
import javax.cache.configuration.MutableConfiguration;

/**
 * The configuration of a JCache, and what changes with it: listeners, statistics and beans. For any
 * number of threads.
 */
final class LiveConfiguration<K, V> {
  private static final String STATISTICS = "CacheStatistics";
  private static final String CONFIGURATION = "CacheConfiguration";

  private final MutableConfiguration<K, V> configuration;
  private final Statistics statistics;
  private final ManagementBeans beans;
  private final Listeners<K, V> listeners;

  LiveConfiguration(Cache<K, V> cache, Configuration<K, V> given, Statistics statistics) {
    this.configuration = copy(given);
    this.statistics = statistics;
    this.beans = new ManagementBeans(cache);
    this.listeners = new Listeners<>(cache);
  }

  private static <K, V> MutableConfiguration<K, V> copy(Configuration<K, V> given) {
    return given instanceof CompleteConfiguration<K, V> complete
        ? new MutableConfiguration<>(complete)
        : new MutableConfiguration<K, V>().setTypes(given.getKeyType(), given.getValueType());
  }

  /** Begins what the configuration asks for. */
  void start() {
    configuration.getCacheEntryListenerConfigurations().forEach(listeners::register);
    enableStatistics(configuration.isStatisticsEnabled());
    enableManagement(configuration.isManagementEnabled());
  }

  Listeners<K, V> listeners() {
    return listeners;
  }

  Class<K> keyType() {
    return configuration.getKeyType();
  }

  Class<V> valueType() {
    return configuration.getValueType();
  }

  /** A copy; changing it changes nothing here. */
  synchronized MutableConfiguration<K, V> copy() {
    return new MutableConfiguration<>(configuration);
  }

  synchronized void register(CacheEntryListenerConfiguration<K, V> listener) {
    configuration.addCacheEntryListenerConfiguration(listener);
    listeners.register(listener);
  }

  synchronized void deregister(CacheEntryListenerConfiguration<K, V> listener) {
    configuration.removeCacheEntryListenerConfiguration(listener);
    listeners.deregister(listener);
  }

  synchronized void enableStatistics(boolean enabled) {
    configuration.setStatisticsEnabled(enabled);
    statistics.enable(enabled);
    beans.set(STATISTICS, statistics, enabled);
  }

  synchronized void enableManagement(boolean enabled) {
    configuration.setManagementEnabled(enabled);
    beans.set(CONFIGURATION, new ConfigurationBean(configuration), enabled);
  }

  /** Removes the beans and closes the listeners. */
  synchronized void close() {
    beans.set(STATISTICS, statistics, false);
    beans.set(CONFIGURATION, statistics, false);
    listeners.close();
  }
}
