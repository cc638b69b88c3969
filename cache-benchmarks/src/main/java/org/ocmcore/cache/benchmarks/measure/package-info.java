/**
 * How it is measured: {@link org.ocmcore.cache.benchmarks.measure.Rounds} does each
 * {@link org.ocmcore.cache.benchmarks.measure.Comparison} several times, by turns with what it is
 * compared with, and {@link org.ocmcore.cache.benchmarks.measure.ResultTable} shows what came out.
 */
package org.ocmcore.cache.benchmarks.measure;
