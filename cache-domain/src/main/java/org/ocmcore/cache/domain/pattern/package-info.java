/**
 * Regular expressions on keys with bounded work. Start at
 * {@link org.ocmcore.cache.domain.pattern.KeyPattern}: a lazy DFA where that can match, a
 * backtracking matcher with a budget of steps elsewhere.
 */
package org.ocmcore.cache.domain.pattern;
