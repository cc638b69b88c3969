package org.ocmcore.cache.jcache;

import java.lang.management.ManagementFactory;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** The beans of one JCache in the platform's MBean server. */
final class ManagementBeans {
  private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
  private final Cache<?, ?> cache;

  ManagementBeans(Cache<?, ?> cache) {
    this.cache = cache;
  }

  /** Registers or removes the bean of this type; does nothing if it is so already. */
  synchronized void set(String type, Object bean, boolean wanted) {
    try {
      ObjectName name = new ObjectName("javax.cache:type=%s,CacheManager=%s,Cache=%s"
          .formatted(
              type, safe(cache.getCacheManager().getURI().toString()), safe(cache.getName())));
      if (wanted && !server.isRegistered(name)) {
        server.registerMBean(bean, name);
      } else if (!wanted && server.isRegistered(name)) {
        server.unregisterMBean(name);
      }
    } catch (JMException e) {
      throw new CacheException(
          "the %s bean of cache '%s' cannot be registered or removed"
              .formatted(type, cache.getName()),
          e);
    }
  }

  private static String safe(String text) {
    return text.replaceAll("[:=\n,]", ".");
  }
}
