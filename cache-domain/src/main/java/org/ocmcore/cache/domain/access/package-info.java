/** Who may do what: {@link org.ocmcore.cache.domain.access.Environment}. */
package org.ocmcore.cache.domain.access;
