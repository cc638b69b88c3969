package org.ocmcore.cache.adapter.http;

import java.util.List;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.Request;

/**
 * Rejects requests about whose body two readers may disagree, and those that ask for a tunnel.
 * Jetty rejects the others of this kind, such as two lengths, or a length with chunks.
 */
final class RequestFraming {
  private static final Pattern LENGTH = Pattern.compile("[0-9]+");

  /** They are about a connection of HTTP/1.1 (RFC 9113, section 8.2.2); Jetty ignores them. */
  private static final List<String> OF_CONNECTIONS =
      List.of("Transfer-Encoding", "Keep-Alive", "Proxy-Connection", "Upgrade");

  private RequestFraming() {}

  static void require(Request request) {
    // Jetty never ends the body of a tunnel over HTTP/2, and asks for it without a pause.
    if (HttpMethod.CONNECT.is(request.getMethod())) {
      throw rejected("the method is CONNECT, and this service is no proxy: send another one");
    }
    HttpFields headers = request.getHeaders();
    HttpVersion version = request.getConnectionMetaData().getHttpVersion();
    if (version == HttpVersion.HTTP_2) {
      requireHttp2(headers);
    } else if (headers.contains(HttpHeader.TRANSFER_ENCODING)) {
      requireChunked(headers, version);
    }
  }

  private static void requireHttp2(HttpFields headers) {
    for (String name : OF_CONNECTIONS) {
      if (headers.contains(name)) {
        throw rejected("the header %s does not belong into HTTP/2: leave it out".formatted(name));
      }
    }
    for (String length : headers.getValuesList(HttpHeader.CONTENT_LENGTH)) {
      if (!LENGTH.matcher(length).matches()) {
        throw rejected("Content-Length is \"%s\", send the number of bytes, or leave it out"
            .formatted(length));
      }
    }
  }

  /** Jetty would take a body that is compressed as well for a plain one. */
  private static void requireChunked(HttpFields headers, HttpVersion version) {
    List<String> codings = headers.getValuesList(HttpHeader.TRANSFER_ENCODING);
    if (version != HttpVersion.HTTP_1_1) {
      throw rejected("Transfer-Encoding needs HTTP/1.1, send Content-Length instead");
    }
    if (codings.size() != 1 || !codings.get(0).strip().equalsIgnoreCase("chunked")) {
      throw rejected("Transfer-Encoding is \"%s\", send chunked or Content-Length"
          .formatted(String.join("\" and \"", codings)));
    }
  }

  private static RequestRejected rejected(String detail) {
    return new RequestRejected(Kind.BAD_REQUEST, detail);
  }
}
