package org.ocmcore.cache.adapter.http;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** An HTTP/2 connection on which a test writes frames (RFC 9113, section 4). For one thread. */
public final class Http2Connection implements AutoCloseable {
  public static final int DATA = 0;
  public static final int HEADERS = 1;
  public static final int RST_STREAM = 3;
  public static final int SETTINGS = 4;
  public static final int PING = 6;
  public static final int GO_AWAY = 7;
  public static final int WINDOW_UPDATE = 8;
  public static final int CONTINUATION = 9;

  /** Flags of HEADERS. */
  public static final int END_STREAM = 1;

  public static final int END_HEADERS = 4;

  private static final int HEAD_BYTES = 9;
  private static final int MILLIS = 60_000;

  private final SSLSocket socket;
  private final DataInputStream in;
  private final ByteArrayOutputStream waiting = new ByteArrayOutputStream();

  public Http2Connection(int port, SSLContext tls) throws IOException {
    socket = (SSLSocket) tls.getSocketFactory().createSocket("127.0.0.1", port);
    socket.setSoTimeout(MILLIS);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setApplicationProtocols(new String[] {"h2"});
    socket.setSSLParameters(parameters);
    in = new DataInputStream(socket.getInputStream());
    socket
        .getOutputStream()
        .write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    add(SETTINGS, 0, 0, new byte[0]);
    send();
  }

  /** Adds a frame to those that are sent next. */
  public void add(int type, int flags, int stream, byte[] content) {
    ByteBuffer frame = ByteBuffer.allocate(HEAD_BYTES + content.length);
    frame.putInt(content.length << 8 | type).put((byte) flags).putInt(stream).put(content);
    waiting.writeBytes(frame.array());
  }

  /** Sends all frames that were added at once. */
  public void send() throws IOException {
    socket.getOutputStream().write(waiting.toByteArray());
    waiting.reset();
  }

  /** The compressed head of a GET (RFC 7541), without any index of earlier heads. */
  public static byte[] get(String path, String... moreHeaders) {
    // Of the static table.
    return head(new byte[] {(byte) 0x82}, path, moreHeaders);
  }

  /** The same of another method. */
  static byte[] request(String method, String path, String... moreHeaders) {
    ByteArrayOutputStream begin = new ByteArrayOutputStream();
    header(begin, ":method", method);
    return head(begin.toByteArray(), path, moreHeaders);
  }

  private static byte[] head(byte[] method, String path, String... moreHeaders) {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    head.writeBytes(method);
    // Of the static table: https.
    head.write(0x87);
    header(head, ":authority", "127.0.0.1");
    header(head, ":path", path);
    for (int i = 0; i < moreHeaders.length; i += 2) {
      header(head, moreHeaders[i], moreHeaders[i + 1]);
    }
    return head.toByteArray();
  }

  private static void header(ByteArrayOutputStream head, String name, String value) {
    head.write(0);
    head.write(name.length());
    head.writeBytes(name.getBytes(StandardCharsets.US_ASCII));
    head.write(value.length());
    head.writeBytes(value.getBytes(StandardCharsets.US_ASCII));
  }

  /** Reads frames up to the end of the connection; returns the error of the last GOAWAY, or -1. */
  int errorAtEnd() {
    int error = -1;
    try {
      while (true) {
        error = ByteBuffer.wrap(next(GO_AWAY)).getInt(4);
      }
    } catch (IOException end) {
      return error;
    }
  }

  /** Reads frames up to the next one of a type; returns its content. */
  public byte[] next(int type) throws IOException {
    while (true) {
      int lengthAndType = in.readInt();
      in.readByte();
      in.readInt();
      byte[] content = in.readNBytes(lengthAndType >>> 8);
      if ((lengthAndType & 0xff) == type) {
        return content;
      }
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
