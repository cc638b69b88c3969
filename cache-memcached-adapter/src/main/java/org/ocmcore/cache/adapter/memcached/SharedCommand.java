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
 * A {@link MetaRequest} in the form that xmemcached sends. xmemcached's own commands do not work
 * here: they break the connection on flags above 2^31, require keys to be text, and accept
 * "NONSENSE" as "NOT_FOUND".
 */
final class SharedCommand extends Command {
  private final MetaRequest request;
  private final long opaque;
  private final MetaResponseParser parser;
  private final CompletableFuture<MetaResponse> response = new CompletableFuture<>();

  /**
   * @param opaque the opaque that the response must repeat, or {@link MetaResponseParser#NO_OPAQUE}
   * @param bound of the value that the server sends
   */
  SharedCommand(MetaRequest request, long opaque, ValueBound bound) {
    // xmemcached neither merges nor inspects commands of this type.
    super(CommandType.NOOP);
    this.request = request;
    this.opaque = opaque;
    this.parser = new MetaResponseParser(bound);
  }

  /**
   * Returns the future response; it fails with an IOException or with an exception of xmemcached.
   */
  CompletableFuture<MetaResponse> response() {
    return response;
  }

  @Override
  public void encode() {
    ioBuffer = IoBuffer.wrap(request.bytes(opaque));
  }

  @Override
  public boolean decode(MemcachedTCPSession session, ByteBuffer buffer) {
    try {
      MetaResponse parsed = parser.parse(buffer, opaque, request.key());
      if (parsed == null) {
        return false;
      }
      response.complete(parsed);
      return true;
    } catch (IOException e) {
      response.completeExceptionally(e);
      // Makes xmemcached close the connection: the start of the next response is unknown.
      throw new MemcachedDecodeException(e.getMessage(), e);
    }
  }

  /** Called by xmemcached when the connection has ended. */
  @Override
  public void setException(Exception exception) {
    response.completeExceptionally(exception);
  }
}
