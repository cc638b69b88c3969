package org.ocmcore.cache.adapter.http;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.ocmcore.cache.domain.port.DumpBytes;

/** Sends the file of a dump to a client. For use by one thread. */
final class Download {
  private static final int BUFFER = 64 * 1024;

  private final String name;
  private final InputStream bytes;
  private final long length;
  private final String type;

  private Download(String name, InputStream bytes, long length, String type) {
    this.name = name;
    this.bytes = bytes;
    this.length = length;
    this.type = type;
  }

  /** Reads only the first byte, which shows the media type. */
  static Download of(String name, DumpBytes dump) throws IOException {
    InputStream bytes = new BufferedInputStream(dump.stream(), BUFFER);
    bytes.mark(1);
    int first = bytes.read();
    bytes.reset();
    return new Download(name, bytes, dump.length(), type(first));
  }

  /** The media type, by the first byte (RFC 8878, 3.1.1; RFC 1952, 2.3.1). */
  private static String type(int first) {
    return switch (first) {
      case 0x28 -> "application/zstd";
      case 0x1f -> "application/gzip";
      default -> "application/x-ndjson";
    };
  }

  void answer(Context context, OutputStream out) throws IOException {
    // Names of dumps have no quotes in them.
    context
        .status(200)
        .contentType(type)
        .header("Content-Disposition", "attachment; filename=\"" + name + '"');
    context.res().setContentLengthLong(length);
    if (context.method() == HandlerType.GET) {
      bytes.transferTo(out);
    }
  }
}
