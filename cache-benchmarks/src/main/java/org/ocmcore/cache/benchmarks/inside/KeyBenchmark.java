package org.ocmcore.cache.benchmarks.inside;

import java.nio.charset.StandardCharsets;
import org.ocmcore.cache.domain.key.CacheKey;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** What it costs to make a key of a text or of bytes, and a text of a key. */
public class KeyBenchmark extends Inside {
  @Param({"a00:cart:007:00000000deadbeef", "a00:cart:007:Zürich-größer"})
  private String text;

  private byte[] bytes;
  private CacheKey key;

  @Setup
  public void prepare() {
    bytes = text.getBytes(StandardCharsets.UTF_8);
    key = CacheKey.of(text);
  }

  @Benchmark
  public CacheKey ofText() {
    return CacheKey.of(text);
  }

  @Benchmark
  public CacheKey ofBytes() {
    return CacheKey.ofBytes(bytes);
  }

  @Benchmark
  public String characters() {
    return key.characters();
  }
}
