/**
 * How fast the product is, beside what it could be.
 * {@link org.ocmcore.cache.benchmarks.BenchmarkMain} is the command line behind {@code bin/bench}.
 */
package org.ocmcore.cache.benchmarks;
