/** Compression by Zstandard. Start at {@link org.ocmcore.cache.zstd.ZstdCompression}. */
package org.ocmcore.cache.zstd;
