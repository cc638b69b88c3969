/**
 * The servers and clients that the product is measured with and compared with. Start at
 * {@link org.ocmcore.cache.benchmarks.peer.BareClient} for limits, and at
 * {@link org.ocmcore.cache.benchmarks.peer.ServiceProcess} for the product.
 */
package org.ocmcore.cache.benchmarks.peer;
