/**
 * Stand-ins for what lies outside the domain, for the tests of every module. Start at
 * {@link org.ocmcore.cache.domain.testing.FakeCache}.
 */
package org.ocmcore.cache.domain.testing;
