package org.ocmcore.cache.adapter.memcached;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import tlschannel.ClientTlsChannel;

/**
 * The TLS channel of the library, which throws unchecked exceptions on some damaged records, such
 * as one that is too long. Here every damage is an {@link SSLException}. For one thread at a time.
 */
final class EncryptedChannel implements ByteChannel {
  private final ClientTlsChannel channel;

  EncryptedChannel(SocketChannel socket, SSLEngine engine) {
    this.channel = ClientTlsChannel.newBuilder(socket, engine).build();
  }

  /** A call of the library. */
  @FunctionalInterface
  private interface Call<T> {
    T make() throws IOException;
  }

  private static <T> T checked(Call<T> call) throws IOException {
    try {
      return call.make();
    } catch (RuntimeException damaged) {
      throw new SSLException("it sent a damaged record", damaged);
    }
  }

  /** Does the next steps of the handshake; returns after the last one. */
  void handshake() throws IOException {
    checked(() -> {
      channel.handshake();
      return channel;
    });
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    return checked(() -> channel.read(into));
  }

  @Override
  public int write(ByteBuffer from) throws IOException {
    return checked(() -> channel.write(from));
  }

  @Override
  public boolean isOpen() {
    return channel.isOpen();
  }

  @Override
  public void close() throws IOException {
    checked(() -> {
      channel.close();
      return channel;
    });
  }
}
