package org.ocmcore.cache.adapter.http;

import java.nio.ByteBuffer;
import java.time.Duration;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpParser;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.internal.HttpConnection;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.NanoTime;

/**
 * HTTP/1.1 with a deadline for the head of each request. Jetty alone only ends connections on which
 * nothing arrives, so that a byte now and then would keep one for ever.
 */
final class TimedHttp1 extends HttpConnectionFactory {
  private final Duration deadline;

  /** @param deadline for a head, from its first byte */
  TimedHttp1(HttpConfiguration http, Duration deadline) {
    super(http);
    this.deadline = deadline;
  }

  @Override
  public Connection newConnection(Connector connector, EndPoint endPoint) {
    return configure(new TimedConnection(connector, endPoint), connector, endPoint);
  }

  private final class TimedConnection extends HttpConnection {
    /** Set by the constructor of the superclass. */
    private RequestHandler handler;

    TimedConnection(Connector connector, EndPoint endPoint) {
      super(TimedHttp1.this.getHttpConfiguration(), connector, endPoint);
    }

    @Override
    protected RequestHandler newRequestHandler() {
      handler = super.newRequestHandler();
      return handler;
    }

    @Override
    protected HttpParser newHttpParser(HttpCompliance compliance) {
      HttpConfiguration http = TimedHttp1.this.getHttpConfiguration();
      HttpParser parser = new TimedParser(handler, http.getRequestHeaderSize(), compliance);
      parser.setHeaderCacheSize(http.getHeaderCacheSize());
      parser.setHeaderCacheCaseSensitive(http.isHeaderCacheCaseSensitive());
      return parser;
    }
  }

  private final class TimedParser extends HttpParser {
    /** Whether a byte of the head has come, be it an empty line before it. */
    private boolean begun;

    private long begin;

    TimedParser(RequestHandler handler, int headBytes, HttpCompliance compliance) {
      super(handler, headBytes, compliance);
    }

    @Override
    public boolean parseNext(ByteBuffer buffer) {
      boolean isHead = buffer.hasRemaining() && getState().ordinal() < State.CONTENT.ordinal();
      if (isHead && !begun) {
        begun = true;
        begin = NanoTime.now();
      } else if (isHead && NanoTime.since(begin) > deadline.toNanos()) {
        BufferUtil.clear(buffer);
        badMessage(new HttpException.RuntimeException(HttpStatus.REQUEST_TIMEOUT_408));
        return false;
      }
      return super.parseNext(buffer);
    }

    @Override
    public void reset() {
      begun = false;
      super.reset();
    }
  }
}
