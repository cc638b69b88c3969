package org.ocmcore.cache.adapter.memcached;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The servers that a configuration endpoint of Amazon ElastiCache names. It answers {@code config
 * get cluster}; engines before 1.4.14 have the same text under the key
 * {@code AmazonElastiCache:cluster}. The text is a version number in one line, and
 * {@code host|address|port} of each server in the next, separated by spaces.
 */
final class ConfigurationEndpoint implements NodeFinder {
  /** Stands in every name of a configuration endpoint. */
  private static final String MARK = ".cfg.";

  private static final Operation OPERATION = Operation.of("look-up of the cluster");
  /** More than any cluster has: an answer with more is none. */
  private static final int MAX_NODES = 1_000;

  private static final String KEY = "AmazonElastiCache:cluster";

  private final ServerAddress address;
  private final Server endpoint;

  /** @param endpoint answers as the configuration endpoint */
  ConfigurationEndpoint(ServerAddress address, Server endpoint) {
    this.address = address;
    this.endpoint = endpoint;
  }

  /** Returns whether a host has the name of a configuration endpoint. */
  static boolean isNamed(String host) {
    return host.contains(MARK);
  }

  @Override
  public List<ServerAddress> find(List<ServerAddress> present) throws IOException {
    List<String> text = endpoint.withConnection(
        OPERATION, Deadline.in(endpoint.timeout()), ConfigurationEndpoint::fetch);
    if (text.isEmpty()) {
      return present;
    }
    // The version of the text changes with the servers, so that comparing them is enough.
    return nodes(text.get(1), address.weight());
  }

  @Override
  public void close() {
    endpoint.close();
  }

  /** Returns the two lines of the text; empty if this is no configuration endpoint. */
  private static List<String> fetch(TextConnection connection) throws IOException {
    connection.send("config get cluster");
    String first = connection.readLine();
    if (first.startsWith("CONFIG cluster ")) {
      return text(connection);
    }
    if (!first.startsWith("ERROR") && !first.startsWith("CLIENT_ERROR")) {
      throw ProtocolException.of(first);
    }
    connection.send("get " + KEY);
    first = connection.readLine();
    if (first.equals("END")) {
      return List.of();
    }
    if (!first.startsWith("VALUE " + KEY + " ")) {
      throw ProtocolException.of(first);
    }
    return text(connection);
  }

  private static List<String> text(TextConnection connection) throws IOException {
    List<String> lines = new ArrayList<>();
    for (String line = connection.readLongLine();
        !line.equals("END");
        line = connection.readLongLine()) {
      if (lines.size() > 3) {
        throw ProtocolException.of(line);
      }
      lines.add(line);
    }
    if (lines.size() < 2) {
      throw ProtocolException.of(String.join(" ", lines));
    }
    return lines;
  }

  /** Returns the servers that the second line of the text names. */
  static List<ServerAddress> nodes(String line, int weight) throws ProtocolException {
    Set<ServerAddress> nodes = new TreeSet<>(Comparator.comparing(ServerAddress::text));
    for (String node : line.strip().split(" +")) {
      String[] fields = node.split("\\|", -1);
      if (fields.length != 3 || !fields[2].matches("[0-9]+")) {
        throw ProtocolException.of(line);
      }
      String host = fields[0].isEmpty() ? fields[1] : fields[0];
      ServerAddress found = parsed(host + ":" + fields[2] + ":" + weight, line);
      if (found.isUnixSocket() || nodes.size() == MAX_NODES) {
        throw ProtocolException.of(line);
      }
      nodes.add(found);
    }
    return List.copyOf(nodes);
  }

  private static ServerAddress parsed(String text, String line) throws ProtocolException {
    try {
      return ServerAddress.parse(text);
    } catch (IllegalArgumentException e) {
      throw ProtocolException.of(line);
    }
  }
}
