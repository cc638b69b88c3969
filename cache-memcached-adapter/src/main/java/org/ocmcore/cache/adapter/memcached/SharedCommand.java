package org.ocmcore.cache.adapter.memcached;

import com.google.code.yanf4j.buffer.IoBuffer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import net.rubyeye.xmemcached.command.Command;
import net.rubyeye.xmemcached.command.CommandType;
import net.rubyeye.xmemcached.exception.MemcachedDecodeException;
import net.rubyeye.xmemcached.impl.MemcachedTCPSession;

/**
 * A {@link MetaRequest} as xmemcached carries it. Its own commands would not do: they break the
 * connection on flags above 2^31, hold keys to be text, and take "NONSENSE" for "NOT_FOUND".
 */
final class SharedCommand extends Command {
  private final MetaRequest request;
  private final long number;
  private final MetaResponseParser parser = new MetaResponseParser();
  private final CompletableFuture<MetaResponse> answer = new CompletableFuture<>();

  /** @param number that the answer must repeat, or {@link MetaResponseParser#UNNUMBERED} */
  SharedCommand(MetaRequest request, long number) {
    // A type that xmemcached neither merges with others nor looks into.
    super(CommandType.NOOP);
    this.request = request;
    this.number = number;
  }

  /** The answer, once it is there; fails with an IOException of ours or with one of xmemcached. */
  CompletableFuture<MetaResponse> answer() {
    return answer;
  }

  @Override
  public void encode() {
    ioBuffer = IoBuffer.wrap(request.bytes(number));
  }

  @Override
  public boolean decode(MemcachedTCPSession session, ByteBuffer buffer) {
    try {
      MetaResponse complete = parser.parse(buffer, number);
      if (complete == null) {
        return false;
      }
      answer.complete(complete);
      return true;
    } catch (IOException e) {
      answer.completeExceptionally(e);
      // Tells xmemcached to close the connection: nobody knows where the next answer begins.
      throw new MemcachedDecodeException(e.getMessage(), e);
    }
  }

  /** How xmemcached tells that the connection has ended. */
  @Override
  public void setException(Exception exception) {
    answer.completeExceptionally(exception);
  }
}
