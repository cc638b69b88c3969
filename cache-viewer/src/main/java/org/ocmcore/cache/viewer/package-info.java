/**
 * Shows what the bytes of a value are: decompressed, decoded and laid out as text. Start at
 * {@link org.ocmcore.cache.viewer.ValueViewer}. Nothing in a value is executed or instantiated.
 */
package org.ocmcore.cache.viewer;
