package org.ocmcore.cache.viewer;

/**
 * One step from the stored bytes to those that are shown.
 *
 * @param decoder what was done, such as {@code zlib}
 * @param reason why: what was found in the flags or the bytes, or that the caller named it
 * @param bytes the bytes after the step
 */
public record ViewStep(String decoder, String reason, int bytes) {}
