/**
 * What is measured: each {@link org.ocmcore.cache.benchmarks.suite.Suite} is a part of the table,
 * measured on a {@link org.ocmcore.cache.benchmarks.suite.Stage}, which is servers and the service,
 * filled. Another part is another constant of {@link org.ocmcore.cache.benchmarks.suite.Suites}.
 */
package org.ocmcore.cache.benchmarks.suite;
