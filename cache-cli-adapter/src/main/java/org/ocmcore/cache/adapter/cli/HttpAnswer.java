package org.ocmcore.cache.adapter.cli;

import java.io.InputStream;

/**
 * What came of a request.
 *
 * @param type of the content, as it was sent; "nothing" if it was not
 * @param hasEnd whether the end of the content can be told from the end of the connection
 */
record HttpAnswer(int status, String type, boolean hasEnd, InputStream body) {}
