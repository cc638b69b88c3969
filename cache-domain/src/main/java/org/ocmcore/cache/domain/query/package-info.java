/**
 * Finding, filtering, sorting and counting keys, the tree of namespaces, and analysis. Start at
 * {@link org.ocmcore.cache.domain.query.KeyFinder}.
 */
package org.ocmcore.cache.domain.query;
