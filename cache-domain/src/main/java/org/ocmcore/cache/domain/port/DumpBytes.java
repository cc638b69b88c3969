package org.ocmcore.cache.domain.port;

import java.io.IOException;
import java.io.InputStream;

/**
 * The file of a dump, to be closed.
 *
 * @param length how many bytes the stream has
 */
public record DumpBytes(InputStream stream, long length) implements AutoCloseable {
  @Override
  public void close() throws IOException {
    stream.close();
  }
}
