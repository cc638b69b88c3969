/**
 * How numbers are measured and shown: start at
 * {@link org.ocmcore.cache.benchmarks.measure.BenchmarkRunner}, which executes each
 * {@link org.ocmcore.cache.benchmarks.measure.Comparison}.
 */
package org.ocmcore.cache.benchmarks.measure;
