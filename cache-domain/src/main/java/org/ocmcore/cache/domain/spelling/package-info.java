/**
 * What somebody may have meant by a name that is not known: see
 * {@link org.ocmcore.cache.domain.spelling.Spelling}.
 */
package org.ocmcore.cache.domain.spelling;
