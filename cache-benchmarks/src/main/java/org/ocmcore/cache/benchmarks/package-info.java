/**
 * How fast the product is, against limits and known peers. Start at
 * {@link org.ocmcore.cache.benchmarks.BenchmarkMain}.
 */
package org.ocmcore.cache.benchmarks;
