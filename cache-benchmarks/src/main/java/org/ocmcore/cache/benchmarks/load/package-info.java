/**
 * What is stored: {@link org.ocmcore.cache.benchmarks.load.Shape} says which keys, values and
 * lifetimes, {@link org.ocmcore.cache.benchmarks.load.Shapes} has those of real clusters.
 */
package org.ocmcore.cache.benchmarks.load;
