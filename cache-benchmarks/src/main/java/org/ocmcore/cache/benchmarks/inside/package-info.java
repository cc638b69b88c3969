/**
 * What is inside, by JMH: {@link org.ocmcore.cache.benchmarks.inside.PatternBenchmark the pattern
 * engine}, {@link org.ocmcore.cache.benchmarks.inside.MetadumpBenchmark the parser of metadump}.
 * Run by {@code bin/bench --jmh}; each class here whose methods are annotated is found by itself,
 * so look-ups in the index, codecs and dumps come here, too.
 */
package org.ocmcore.cache.benchmarks.inside;
