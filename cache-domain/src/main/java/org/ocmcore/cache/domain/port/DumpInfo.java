package org.ocmcore.cache.domain.port;

import java.time.Instant;

/**
 * A dump, seen from outside.
 *
 * @param name as {@code DumpPort.names()} gives it
 * @param createdAt the moment that it stands for; the file's own time if it cannot be read
 * @param entries how many it holds; 0 if it cannot be read
 * @param bytes size of the file
 * @param valid whether it passed every check
 */
public record DumpInfo(String name, Instant createdAt, long entries, long bytes, boolean valid) {}
