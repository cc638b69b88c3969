package org.ocmcore.cache.spring.boot;

import org.ocmcore.cache.domain.port.Store;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/** The health of the servers, if the application has Actuator. */
@AutoConfiguration(after = CacheAppAutoConfiguration.class)
@ConditionalOnClass({HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class})
public class CacheAppHealthAutoConfiguration {
  @Bean
  @ConditionalOnEnabledHealthIndicator("cacheapp")
  @ConditionalOnBean(Store.class)
  @ConditionalOnMissingBean(name = "cacheAppHealthIndicator")
  HealthIndicator cacheAppHealthIndicator(Store store) {
    return new ServersHealthIndicator(store.keyspace());
  }
}
