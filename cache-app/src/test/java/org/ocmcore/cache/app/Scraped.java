package org.ocmcore.cache.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The metrics of a running service, read as Prometheus reads them. */
record Scraped(Map<String, Family> families) {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final Pattern SAMPLE = Pattern.compile("([a-z_A-Z0-9]+)(?:\\{(.*)\\})? (\\S+)");
  private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"([^\"]*)\"");

  /** A family of metrics. */
  static final class Family {
    private String type = "";
    private String help = "";
    private final List<Sample> samples = new ArrayList<>();

    String type() {
      return type;
    }

    String help() {
      return help;
    }

    List<Sample> samples() {
      return samples;
    }

    /** The names of all labels, sorted, without those of buckets. */
    List<String> labels() {
      TreeSet<String> names = new TreeSet<>();
      samples.forEach(sample -> names.addAll(sample.labels().keySet()));
      names.removeAll(List.of("le", "quantile"));
      return List.copyOf(names);
    }
  }

  record Sample(String name, Map<String, String> labels, double value) {}

  /** What answers at a path outside of the API. */
  static HttpResponse<String> fetch(RunningService service, String path, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(service.url() + path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return HTTP.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  static Scraped of(RunningService service) {
    HttpResponse<String> response = fetch(service, "/metrics");
    if (response.statusCode() != 200) {
      throw new IllegalStateException(response.statusCode() + " " + response.body());
    }
    return parse(response.body());
  }

  static Scraped parse(String text) {
    Map<String, Family> families = new LinkedHashMap<>();
    Family current = new Family();
    for (String line : text.lines().toList()) {
      String[] words = line.split(" ", 4);
      if (line.startsWith("# HELP ")) {
        current = families.computeIfAbsent(words[2], name -> new Family());
        current.help = words.length > 3 ? words[3] : "";
      } else if (line.startsWith("# TYPE ")) {
        current = families.computeIfAbsent(words[2], name -> new Family());
        current.type = words[3];
      } else if (!line.startsWith("#")) {
        Matcher sample = SAMPLE.matcher(line);
        if (!sample.matches()) {
          throw new IllegalArgumentException(line);
        }
        Map<String, String> labels = new LinkedHashMap<>();
        Matcher label = LABEL.matcher(sample.group(2) == null ? "" : sample.group(2));
        while (label.find()) {
          labels.put(label.group(1), label.group(2));
        }
        current.samples.add(
            new Sample(sample.group(1), labels, Double.parseDouble(sample.group(3))));
      }
    }
    return new Scraped(families);
  }

  /** The value of the one sample of a family that has these labels, among others. */
  double value(String family, String... labels) {
    List<Sample> found = families.getOrDefault(family, new Family()).samples.stream()
        .filter(sample -> matches(sample, labels))
        .toList();
    if (found.size() != 1) {
      throw new AssertionError(family + " " + List.of(labels) + " has " + found);
    }
    return found.get(0).value;
  }

  private static boolean matches(Sample sample, String... labels) {
    for (int i = 0; i < labels.length; i += 2) {
      if (!labels[i + 1].equals(sample.labels.get(labels[i]))) {
        return false;
      }
    }
    return true;
  }
}
