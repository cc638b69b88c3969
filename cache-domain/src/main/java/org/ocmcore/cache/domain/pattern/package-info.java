/**
 * Regular expressions on keys with bounded work. Start at
 * {@link org.ocmcore.cache.domain.pattern.KeyPattern}. One parser makes a syntax tree, and from it
 * come a lazy DFA, or a backtracking matcher with a budget of steps, and the prefix to search.
 */
package org.ocmcore.cache.domain.pattern;
