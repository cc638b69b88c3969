/**
 * JMH benchmarks, which {@code bin/bench --jmh} runs: each has a peer in the JDK or in a library.
 */
package org.ocmcore.cache.benchmarks.inside;
