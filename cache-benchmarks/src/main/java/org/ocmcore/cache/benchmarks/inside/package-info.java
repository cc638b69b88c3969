/**
 * What is inside, by JMH, one class for each part: keys, patterns, metadump, pipelines, the index,
 * files of dumps. Run by {@code bin/bench --jmh}; classes here whose methods are annotated are
 * found by themselves.
 */
package org.ocmcore.cache.benchmarks.inside;
