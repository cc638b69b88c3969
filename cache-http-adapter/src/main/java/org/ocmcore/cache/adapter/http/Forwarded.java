package org.ocmcore.cache.adapter.http;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.server.Request;

/**
 * The request as the client sent it to the first proxy. Jetty's {@code ForwardedRequestCustomizer}
 * believes every sender, so it is not used.
 *
 * @param client the last sender that is not a trusted proxy
 * @param scheme {@code http} or {@code https}; empty if no trusted proxy names it
 * @param host empty if no trusted proxy names it
 */
record Forwarded(InetAddress client, Optional<String> scheme, Optional<Authority> host) {
  static final String FOR = "X-Forwarded-For";
  static final String PROTO = "X-Forwarded-Proto";
  static final String HOST = "X-Forwarded-Host";

  private static final Set<String> SCHEMES = Set.of("http", "https");

  /** @throws RequestRejected if a trusted proxy sent such a header twice, or a malformed one */
  static Forwarded of(Request request, TrustedProxies trusted) {
    InetAddress peer = ClientAddress.peer(request);
    if (!trusted.include(peer)) {
      return new Forwarded(peer, Optional.empty(), Optional.empty());
    }
    return new Forwarded(
        header(request, FOR, Forwarded::addresses)
            .map(senders -> client(senders, trusted))
            .orElse(peer),
        header(request, PROTO, Forwarded::scheme),
        header(request, HOST, Authority::parse));
  }

  private static <T> Optional<T> header(Request request, String name, Function<String, T> parser) {
    List<HttpField> sent = request.getHeaders().getFields(name);
    if (sent.size() > 1) {
      throw new RequestRejected(
          Kind.BAD_REQUEST,
          "there are %d headers %s: the proxy must send one".formatted(sent.size(), name));
    }
    try {
      return sent.stream()
          .map(HttpField::getValue)
          .map(value -> value == null ? "" : value)
          .map(parser)
          .findFirst();
    } catch (IllegalArgumentException e) {
      throw new RequestRejected(Kind.BAD_REQUEST, name + ": " + e.getMessage());
    }
  }

  private static List<InetAddress> addresses(String senders) {
    return Arrays.stream(senders.split(",", -1))
        .map(sender -> address(sender.strip()))
        .toList();
  }

  private static InetAddress address(String sender) {
    return IpLiteral.parse(sender)
        // Some proxies add the port.
        .or(() -> Authority.parse(sender).address())
        .orElseThrow(() -> new IllegalArgumentException(
            "\"%s\" is not an address; the proxy must name clients by address".formatted(sender)));
  }

  /** Each proxy adds the sender it saw at the end; what stands further left may be invented. */
  private static InetAddress client(List<InetAddress> senders, TrustedProxies trusted) {
    InetAddress client = senders.get(senders.size() - 1);
    for (int i = senders.size() - 2; i >= 0 && trusted.include(client); i--) {
      client = senders.get(i);
    }
    return client;
  }

  private static String scheme(String text) {
    String scheme = text.toLowerCase(Locale.ROOT);
    if (!SCHEMES.contains(scheme)) {
      throw new IllegalArgumentException("\"%s\" is neither http nor https".formatted(text));
    }
    return scheme;
  }
}
