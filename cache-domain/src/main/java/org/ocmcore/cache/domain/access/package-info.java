/**
 * Who may do what: environments, roles, tokens and hidden values. Start at
 * {@link org.ocmcore.cache.domain.access.ManagementPolicy} and
 * {@link org.ocmcore.cache.domain.access.Authenticator}.
 */
package org.ocmcore.cache.domain.access;
