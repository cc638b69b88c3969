package org.ocmcore.cache.adapter.http;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.io.IOException;
import java.io.InputStream;

/** A dump as it lies there, on its way to a client. For one thread. */
final class Download {
  private final String name;
  private final InputStream bytes;
  private final String type;

  private Download(String name, InputStream bytes, String type) {
    this.name = name;
    this.bytes = bytes;
    this.type = type;
  }

  /** @param bytes that can be read again from a mark */
  static Download of(String name, InputStream bytes) throws IOException {
    bytes.mark(1);
    int first = bytes.read();
    bytes.reset();
    return new Download(name, bytes, type(first));
  }

  /** The media type, by the first byte (RFC 8878, 3.1.1; RFC 1952, 2.3.1). */
  private static String type(int first) {
    return switch (first) {
      case 0x28 -> "application/zstd";
      case 0x1f -> "application/gzip";
      default -> "application/x-ndjson";
    };
  }

  void answer(Context context) throws IOException {
    // Names of dumps have no quotes in them.
    context
        .status(200)
        .contentType(type)
        .header("Content-Disposition", "attachment; filename=\"" + name + '"');
    if (context.method() == HandlerType.GET) {
      bytes.transferTo(context.outputStream());
    }
  }
}
