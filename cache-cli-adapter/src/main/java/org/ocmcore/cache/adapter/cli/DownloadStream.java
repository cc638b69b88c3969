package org.ocmcore.cache.adapter.cli;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;

/** A file that a service sends; says that the service, not the disk, has failed. */
final class DownloadStream extends FilterInputStream {
  DownloadStream(InputStream stream) {
    super(stream);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  /** @throws RequestProblem if the service sends no more before the end */
  @Override
  public int read(byte[] bytes, int from, int length) {
    try {
      return in.read(bytes, from, length);
    } catch (SocketTimeoutException e) {
      throw RequestProblem.unreachable("the file of the service is not whole: " + e.getMessage());
    } catch (IOException e) {
      throw RequestProblem.unreachable(
          "the service ended the connection before the file was whole");
    }
  }
}
