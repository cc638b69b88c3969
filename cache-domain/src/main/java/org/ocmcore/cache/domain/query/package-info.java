/**
 * Finding keys: {@link org.ocmcore.cache.domain.query.KeyFinder} answers what may be asked of an
 * index, {@link org.ocmcore.cache.domain.query.KeyFilter} says which keys are meant.
 */
package org.ocmcore.cache.domain.query;
