package org.ocmcore.cache.adapter.cli;

import java.io.InputStream;

/** What came of a request. @param type of the content, as it was sent; "nothing" if it was not */
record HttpAnswer(int status, String type, InputStream body) {}
