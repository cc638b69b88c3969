/**
 * Dumping and restoring: {@link org.ocmcore.cache.domain.dump.Dumper} writes a dump,
 * {@link org.ocmcore.cache.domain.dump.Restorer} brings one back,
 * {@link org.ocmcore.cache.domain.dump.DumpJobs} runs both, one at a time, and
 * {@link org.ocmcore.cache.domain.dump.AutoDump} repeats the first.
 */
package org.ocmcore.cache.domain.dump;
