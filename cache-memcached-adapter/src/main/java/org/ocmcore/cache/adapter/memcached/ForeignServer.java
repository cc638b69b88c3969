package org.ocmcore.cache.adapter.memcached;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;

/** Recognises what is no memcached that speaks the text protocol, and says what to do. */
final class ForeignServer {
  static final String BINARY =
      "it speaks only the binary protocol, as with SASL (memcached -S or -B binary):"
          + " open a second listener for the text protocol, which memcached 1.6.17 or newer can"
          + " (-l proto[ascii]:<address>:<port>), and name that one";
  static final String TLS = "it speaks TLS: set MEMCACHED_TLS=true, or name a port without TLS";
  static final String TWEMPROXY =
      "it closes the connection on meta commands, as a proxy does (twemproxy):"
          + " name the servers behind it instead";

  private static final String UNAUTHENTICATED = "CLIENT_ERROR unauthenticated";
  private static final String NAME_THE_PORT = ": name the port of a memcached";

  /** The beginnings of an answer to {@code version}, one character for each byte. */
  private static final Map<String, String> BY_ANSWER = new LinkedHashMap<>();

  static {
    BY_ANSWER.put("-ERR", "it speaks the protocol of redis" + NAME_THE_PORT);
    BY_ANSWER.put("-NOAUTH", "it speaks the protocol of redis" + NAME_THE_PORT);
    BY_ANSWER.put("HTTP/", "it is an HTTP server" + NAME_THE_PORT);
    // Without a version of HTTP in the request, some servers send a page without a head.
    BY_ANSWER.put("<!DOCTYPE", "it is an HTTP server" + NAME_THE_PORT);
    BY_ANSWER.put("<html", "it is an HTTP server" + NAME_THE_PORT);
    BY_ANSWER.put("SSH-", "it is an SSH server" + NAME_THE_PORT);
    BY_ANSWER.put("220", "it is a mail or file server" + NAME_THE_PORT);
    BY_ANSWER.put("\u0015\u0003", TLS);
    BY_ANSWER.put("\u0081", BINARY);
  }

  /** A request of the binary protocol for the version (memcached doc/protocol-binary.txt). */
  private static final byte[] BINARY_VERSION = new byte[24];

  static {
    BINARY_VERSION[0] = (byte) 0x80;
    BINARY_VERSION[1] = 0x0b;
  }

  private static final int BINARY_RESPONSE = 0x81;
  private static final int TLS_ALERT = 0x15;
  private static final int TLS_HANDSHAKE = 0x16;

  private ForeignServer() {}

  /** Returns the failure that an answer to {@code version} means, if it names no version. */
  static IOException errorOf(String answer) {
    if (answer.equals(UNAUTHENTICATED)) {
      return new AuthenticationRequiredException();
    }
    for (Map.Entry<String, String> entry : BY_ANSWER.entrySet()) {
      if (answer.startsWith(entry.getKey())) {
        return ServerErrorException.permanent(entry.getValue());
      }
    }
    return answer.startsWith("ERROR") || answer.startsWith("CLIENT_ERROR")
        ? ServerErrorException.of(answer)
        : ProtocolException.of(answer);
  }

  /**
   * Asks a server that closes the connection on {@code version} in other protocols. Returns what it
   * is and what to do; empty if that stays unknown.
   */
  static Optional<String> probe(Connector connector, Deadline deadline) {
    if (firstByte(connector, ByteBuffer.wrap(BINARY_VERSION), deadline) == BINARY_RESPONSE) {
      return Optional.of(BINARY);
    }
    int answer = firstByte(connector, clientHello(), deadline);
    return answer == TLS_ALERT || answer == TLS_HANDSHAKE ? Optional.of(TLS) : Optional.empty();
  }

  /** Returns whether the server answers the text protocol without TLS. */
  static boolean answersPlainText(Connector connector, Deadline deadline) {
    ByteBuffer version = ByteBuffer.wrap("version\r\n".getBytes(StandardCharsets.US_ASCII));
    return firstByte(connector, version, deadline) > ' ';
  }

  /**
   * Returns whether this is a proxy that closes the connection on a meta command.
   *
   * @param connection a new one
   */
  static boolean closesOnMetaCommand(TextConnection connection) throws IOException {
    try {
      connection.execute(MetaRequest.noOp());
      return false;
    } catch (EOFException | SocketException closed) {
      return true;
    }
  }

  /** Returns -1 if the probe fails; the caller reports the failure that led to it. */
  private static int firstByte(Connector connector, ByteBuffer request, Deadline deadline) {
    try (ServerChannel channel = connector.openPlain(deadline)) {
      while (request.hasRemaining()) {
        if (channel.write(request) == 0) {
          channel.awaitReadiness(false, true, deadline);
        }
      }
      ByteBuffer first = ByteBuffer.allocate(1);
      int count = channel.read(first);
      while (count == 0) {
        channel.awaitReadiness(true, false, deadline);
        count = channel.read(first);
      }
      return count < 0 ? -1 : Byte.toUnsignedInt(first.get(0));
    } catch (IOException failed) {
      return -1;
    }
  }

  private static ByteBuffer clientHello() {
    try {
      SSLEngine engine = SSLContext.getDefault().createSSLEngine();
      engine.setUseClientMode(true);
      ByteBuffer hello = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
      engine.wrap(ByteBuffer.allocate(0), hello);
      return hello.flip();
    } catch (NoSuchAlgorithmException | SSLException e) {
      throw new IllegalStateException(e);
    }
  }
}
