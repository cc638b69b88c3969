package org.ocmcore.cache.app;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.ocmcore.cache.adapter.http.ApiClient;
import org.ocmcore.cache.adapter.http.ApiClient.Reply;
import org.ocmcore.cache.adapter.memcached.SealedValue;
import org.ocmcore.cache.adapter.memcached.SingleWriterKey;
import org.ocmcore.cache.domain.client.Cache;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import tools.jackson.databind.JsonNode;

/** One client of a {@link SoakIT}: changes keys of its own, reads them, and lists keys. */
final class SoakLoad implements Runnable {
  private static final int KEYS = 50;
  private static final Duration PAUSE = Duration.ofMillis(3);

  private final List<SingleWriterKey> keys;
  private final Random random;
  private final Client client;
  private final SoakRecord record;

  /**
   * How it reaches the servers. Each method fails with {@link Unavailable}, and with nothing else.
   */
  interface Client {
    String name();

    Optional<String> get(String key);

    void set(String key, String value);

    void delete(String key);

    /** Lists keys, or reads many. */
    void list(List<String> keys);
  }

  /** A server does not answer. */
  static final class Unavailable extends RuntimeException {
    private static final long serialVersionUID = 1;

    Unavailable(Throwable cause) {
      super(cause);
    }
  }

  SoakLoad(int number, Client client, SoakRecord record) {
    this.client = client;
    this.record = record;
    random = new Random(number);
    keys = IntStream.range(number * KEYS, (number + 1) * KEYS)
        .mapToObj(SingleWriterKey::new)
        .toList();
  }

  @Override
  public void run() {
    while (record.pause(PAUSE)) {
      SingleWriterKey key = keys.get(random.nextInt(KEYS));
      record.count(client.name() + " calls");
      try {
        call(key, key.key().toString());
      } catch (Unavailable e) {
        record.count(client.name() + " calls failed");
      } catch (RuntimeException | AssertionError e) {
        record.wrong(client.name() + ": " + e);
      }
    }
  }

  private void call(SingleWriterKey key, String name) {
    switch (random.nextInt(10)) {
      case 0, 1, 2 ->
        key.change(sequence -> client.set(
            name,
            new String(
                new SealedValue(name, sequence).value(random.nextInt(1_000)).bytes())));
      case 3 -> key.change(sequence -> client.delete(name));
      case 4 -> client.list(keys.stream().map(each -> each.key().toString()).toList());
      default -> {
        long before = key.confirmed();
        client.get(name).ifPresent(value -> judge(key, CacheValue.ofText(value), before));
      }
    }
  }

  private void judge(SingleWriterKey key, CacheValue value, long before) {
    record.count("values read");
    SingleWriterKey.Verdict verdict = key.judge(value, before);
    switch (verdict) {
      case RIGHT -> {}
      case DAMAGED -> record.count("values damaged");
      default ->
        record.wrong(
            "%s: %s is %s: %d was confirmed".formatted(client.name(), key.key(), verdict, before));
    }
  }

  static Client through(Cache cache) {
    return new Client() {
      @Override
      public String name() {
        return "library";
      }

      @Override
      public Optional<String> get(String key) {
        try {
          return cache.get(key, String.class);
        } catch (StoreUnavailable e) {
          throw new Unavailable(e);
        }
      }

      @Override
      public void set(String key, String value) {
        try {
          cache.set(key, value, Duration.ofHours(1));
        } catch (StoreUnavailable e) {
          throw new Unavailable(e);
        }
      }

      @Override
      public void delete(String key) {
        try {
          cache.delete(key);
        } catch (StoreUnavailable e) {
          throw new Unavailable(e);
        }
      }

      @Override
      public void list(List<String> keys) {
        try {
          cache.getAll(keys, String.class);
        } catch (StoreUnavailable e) {
          throw new Unavailable(e);
        }
      }
    };
  }

  static Client overHttp(ApiClient api) {
    return new Client() {
      @Override
      public String name() {
        return "HTTP";
      }

      @Override
      public Optional<String> get(String key) {
        return call("GET", "/key/" + key + "/", null, 200, 404)
            .filter(reply -> reply.status() == 200)
            .map(reply -> reply.at("value"))
            .map(JsonNode::stringValue);
      }

      @Override
      public void set(String key, String value) {
        call("POST", "/key/" + key + "/", "{\"value\": \"" + value + "\"}", 200, 201);
      }

      @Override
      public void delete(String key) {
        call("DELETE", "/key/" + key + "/", null, 200, 404);
      }

      @Override
      public void list(List<String> keys) {
        call("GET", "/keys/?limit=100", null, 200, 200);
      }

      private Optional<Reply> call(
          String method, String path, String body, int expected, int orElse) {
        try {
          Reply reply = api.send(method, path, body);
          if (reply.status() == 503) {
            throw new Unavailable(null);
          }
          if (reply.status() != orElse) {
            reply.expect(expected);
          }
          return Optional.of(reply);
        } catch (UncheckedIOException e) {
          throw new IllegalStateException(method + " " + path + " has no answer", e);
        }
      }
    };
  }
}
