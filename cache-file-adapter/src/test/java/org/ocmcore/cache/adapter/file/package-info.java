/** Tests of the dump files; {@code DumpFiles} has what they share. */
package org.ocmcore.cache.adapter.file;
