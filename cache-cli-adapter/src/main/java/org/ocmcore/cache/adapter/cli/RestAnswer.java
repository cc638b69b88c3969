package org.ocmcore.cache.adapter.cli;

import java.io.InputStream;

/**
 * What came of a request.
 *
 * @param type of the content, as it was sent; "nothing" if it was not
 * @param hasEnd whether the content, which is not compressed, says where it ends
 */
record RestAnswer(int status, String type, boolean hasEnd, InputStream body) {}
