package org.ocmcore.cache.domain.testing;

import org.ocmcore.cache.domain.port.DumpEntry;

/** An entry of a dump with the server it came from. */
record PlacedDumpEntry(DumpEntry entry, String server) {}
