package org.ocmcore.cache.adapter.cli;

import java.time.Instant;
import java.util.Optional;

/**
 * What the check of an audit log has found.
 *
 * @param files how many files were checked
 * @param lines the number of lines that are as they were written
 * @param first the number of the first of them; 0 if there is none
 * @param last the number of the last of them
 * @param from the time of the first
 * @param to the time of the last
 * @param lastHash the hash of the last; empty if there is none
 * @param damage the first that is wrong; empty if nothing is
 */
public record AuditCheck(
    int files,
    long lines,
    long first,
    long last,
    Instant from,
    Instant to,
    String lastHash,
    Optional<String> damage) {}
