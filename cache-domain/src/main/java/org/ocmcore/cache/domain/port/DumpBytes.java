package org.ocmcore.cache.domain.port;

import java.io.IOException;
import java.io.InputStream;

/**
 * The file of a dump. The caller closes it.
 *
 * @param length the number of bytes in the stream
 */
public record DumpBytes(InputStream stream, long length) implements AutoCloseable {
  @Override
  public void close() throws IOException {
    stream.close();
  }
}
