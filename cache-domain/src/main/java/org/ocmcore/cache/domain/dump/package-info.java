/**
 * Writing, inspecting and comparing dumps. Start at {@link org.ocmcore.cache.domain.dump.Dumper};
 * {@link org.ocmcore.cache.domain.dump.DumpJobs} runs dumps and restores one at a time.
 */
package org.ocmcore.cache.domain.dump;
