/**
 * What is measured. Each {@link org.ocmcore.cache.benchmarks.suite.Suite} runs on a
 * {@link org.ocmcore.cache.benchmarks.suite.Testbed}; a new one becomes a constant of
 * {@link org.ocmcore.cache.benchmarks.suite.Suites}.
 */
package org.ocmcore.cache.benchmarks.suite;
