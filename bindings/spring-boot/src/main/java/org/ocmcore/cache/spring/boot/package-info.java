/**
 * A cache in a Spring Boot application: beans, health and meters from the properties
 * {@code cache-app.*}. Start at {@link org.ocmcore.cache.spring.boot.CacheAppProperties}.
 */
package org.ocmcore.cache.spring.boot;
