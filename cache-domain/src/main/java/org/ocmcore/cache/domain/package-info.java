/**
 * What the system means, in Java alone. Start at {@link org.ocmcore.cache.domain.CacheReader}, what
 * everybody may ask, and {@link org.ocmcore.cache.domain.CacheAdmin}, what only a development
 * environment may change; an application that just wants a cache takes a
 * {@link org.ocmcore.cache.domain.port.CachePort}.
 */
package org.ocmcore.cache.domain;
