/**
 * Keeps dumps in files, in the format of {@code docs/dump-format.md}. Start at
 * {@link org.ocmcore.cache.adapter.file.FileDumps}; {@code SingleDumpFile} only reads one file.
 */
package org.ocmcore.cache.adapter.file;
