/**
 * The items that servers are filled with: {@link org.ocmcore.cache.benchmarks.load.ItemShape} has
 * their sizes, keys and values.
 */
package org.ocmcore.cache.benchmarks.load;
